package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Csv;
import org.osteon.dataset.Sample;
import org.osteon.dataset.SplitWords;

/**
 * A {@code manifest.csv} beside the images: {@code file} and {@code label}, and where they are
 * known {@code group}, {@code split}, {@code body_part}, {@code fracture_type}, {@code
 * label_quality} and {@code source_repo} or {@code source}.
 */
final class ManifestLayout implements Layout {
  private static final String FILE = "manifest.csv";

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  @Override
  public List<Sample> samples(Path folder, ClassWords words) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Map<String, String> row : Csv.read(folder.resolve(FILE))) {
      samples.add(sample(row, words));
    }
    return samples;
  }

  private static Sample sample(Map<String, String> row, ClassWords words) {
    String file = row.getOrDefault("file", "");
    String word = row.getOrDefault("label", "");
    int label = words.label(word);
    if (file.isEmpty()) {
      throw new IllegalArgumentException(
          "manifest.csv has a line without a file: fill in its column 'file'.");
    }
    if (label < 0) {
      throw new IllegalArgumentException(
          "manifest.csv gives %s the unknown label '%s': say what it means with --synonym '%s=CLASS'."
              .formatted(file, word, word));
    }
    String group = row.getOrDefault("group", "");
    String source = row.getOrDefault("source_repo", row.getOrDefault("source", ""));
    return new Sample(
        file,
        label,
        group.isEmpty() ? file : group,
        source.isEmpty() ? "unknown" : source,
        SplitWords.split(row.getOrDefault("split", "")),
        row.getOrDefault("body_part", "").strip().toLowerCase(Locale.ROOT),
        row.getOrDefault("fracture_type", ""),
        row.getOrDefault("label_quality", ""));
  }
}
