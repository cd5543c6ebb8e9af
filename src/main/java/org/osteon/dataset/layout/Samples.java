package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;

/** Finds the images of a data set by its layout, which is told or seen. */
public final class Samples {
  /** In the order in which they are tried: the most particular first. */
  private static final List<Layout> LAYOUTS =
      List.of(
          new ManifestLayout(),
          new GrazLayout(),
          new FracAtlasLayout(),
          new MuraLayout(),
          new FolderLayout());

  private Samples() {}

  /** The words for {@code --layout}. */
  public static String layouts() {
    return LAYOUTS.stream().map(Layout::name).collect(Collectors.joining(", "));
  }

  /**
   * Lists the samples in order of their file.
   *
   * @param layout one of {@link #layouts}, or {@code auto}
   * @throws IllegalArgumentException with one sentence where the folder is no data set or a group
   *     crosses splits
   */
  public static List<Sample> of(Path folder, String layout, ClassWords words) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    List<Sample> samples =
        layout(folder, layout).samples(folder, words).stream()
            .sorted(Comparator.comparing(Sample::file))
            .toList();
    if (samples.isEmpty()) {
      throw noDataSet(folder);
    }
    checkFiles(samples);
    return samples;
  }

  /**
   * A group in two splits would let a model be asked about a patient it learned.
   *
   * @throws IllegalArgumentException naming the first such group
   */
  public static void checkGroups(List<Sample> samples) {
    Map<String, String> splits = new TreeMap<>();
    for (Sample sample : samples) {
      String other = splits.putIfAbsent(sample.group(), sample.split());
      if (other != null && !other.equals(sample.split())) {
        throw new IllegalArgumentException(
            "Group %s is in the splits %s and %s; a group must not be split: correct it or ask for --resplit."
                .formatted(sample.group(), other, sample.split()));
      }
    }
  }

  private static void checkFiles(List<Sample> samples) {
    Map<String, Sample> seen = new HashMap<>();
    for (Sample sample : samples) {
      if (seen.put(sample.file(), sample) != null) {
        throw new IllegalArgumentException(
            sample.file() + " is listed twice: take one of the lines out.");
      }
    }
  }

  private static Layout layout(Path folder, String name) throws IOException {
    for (Layout layout : LAYOUTS) {
      if (name.equals("auto") ? layout.recognises(folder) : layout.name().equals(name)) {
        return layout;
      }
    }
    if (name.equals("auto")) {
      throw noDataSet(folder);
    }
    throw new IllegalArgumentException(
        "'%s' is no layout: it is one of %s, or auto.".formatted(name, layouts()));
  }

  private static IllegalArgumentException noDataSet(Path folder) {
    return new IllegalArgumentException(
        folder
            + " has neither a manifest.csv nor class folders healthy/, fractured/, beyond_repair/,"
            + " nor the layout of MURA, FracAtlas or GRAZPEDWRI-DX: name other class folders with"
            + " --synonym word=class.");
  }
}
