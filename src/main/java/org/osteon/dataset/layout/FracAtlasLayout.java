package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Csv;
import org.osteon.dataset.Sample;

/**
 * FracAtlas: {@code images/Fractured}, {@code images/Non_fractured} and {@code dataset.csv} with a
 * line for each image. It names no patients: each image is its own group until near duplicates are
 * looked for.
 */
final class FracAtlasLayout implements Layout {
  private static final List<String> PARTS = List.of("hand", "leg", "hip", "shoulder");

  @Override
  public String name() {
    return "fracatlas";
  }

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve("dataset.csv"))
        && Files.isDirectory(folder.resolve("images/Non_fractured"));
  }

  @Override
  public List<Sample> samples(Path folder, ClassWords words) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Map<String, String> row : Csv.read(folder.resolve("dataset.csv"))) {
      String image = row.getOrDefault("image_id", "");
      if (image.isEmpty() || !row.containsKey("fractured")) {
        throw new IllegalArgumentException(
            "dataset.csv has a line without image_id or fractured: take FracAtlas' own file.");
      }
      boolean fractured = is(row, "fractured");
      String file = "images/" + (fractured ? "Fractured/" : "Non_fractured/") + image;
      samples.add(
          new Sample(
              file, fractured ? 1 : 0, file, "FracAtlas", "", bodyPart(row), detail(row), ""));
    }
    return samples;
  }

  private static String bodyPart(Map<String, String> row) {
    return PARTS.stream().filter(part -> is(row, part)).collect(Collectors.joining("/"));
  }

  /** What else a reader of a wrong answer wants to know. */
  private static String detail(Map<String, String> row) {
    return Stream.of("mixed", "hardware", "multiscan", "frontal", "lateral", "oblique")
        .filter(mark -> is(row, mark))
        .collect(Collectors.joining(" "));
  }

  private static boolean is(Map<String, String> row, String column) {
    return row.getOrDefault(column, "").startsWith("1");
  }
}
