package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Csv;
import org.osteon.dataset.ImagePaths;
import org.osteon.dataset.Sample;

/**
 * GRAZPEDWRI-DX, wrists of children: {@code dataset.csv} with a line for each {@code filestem}, and
 * the images, 16-bit PNG, in {@code images_part1} to {@code images_part4} or {@code images}. The
 * patient is the group; the AO classification is the detail.
 */
final class GrazLayout implements Layout {
  @Override
  public String name() {
    return "grazpedwri";
  }

  @Override
  public boolean recognises(Path folder) throws IOException {
    Path csv = folder.resolve("dataset.csv");
    if (!Files.isRegularFile(csv)) {
      return false;
    }
    try (var lines = Files.newBufferedReader(csv)) {
      String header = lines.readLine();
      return header != null && Csv.fields(header).contains("ao_classification");
    }
  }

  @Override
  public List<Sample> samples(Path folder, ClassWords words) throws IOException {
    Map<String, String> files = new HashMap<>();
    for (Path part : ImagePaths.folders(folder)) {
      if (ImagePaths.name(part).startsWith("images")) {
        for (Path file : ImagePaths.files(part)) {
          files.put(ImagePaths.stem(file), ImagePaths.below(folder, file));
        }
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (Map<String, String> row : Csv.read(folder.resolve("dataset.csv"))) {
      String stem = row.getOrDefault("filestem", "");
      String file = files.get(stem);
      // One part of four is a data set, too: what was not downloaded is not missed.
      if (file != null) {
        samples.add(sample(row, stem, file));
      }
    }
    return samples;
  }

  private static Sample sample(Map<String, String> row, String stem, String file) {
    String patient = row.getOrDefault("patient_id", "");
    return new Sample(
        file,
        is(row, "fracture_visible") ? 1 : 0,
        patient.isEmpty() ? stem : "patient" + patient,
        "GRAZPEDWRI-DX",
        "",
        "wrist",
        row.getOrDefault("ao_classification", ""),
        is(row, "diagnosis_uncertain") ? "uncertain" : "");
  }

  /** Its flags are 1, 1.0 or nothing. */
  private static boolean is(Map<String, String> row, String column) {
    return row.getOrDefault(column, "").startsWith("1");
  }
}
