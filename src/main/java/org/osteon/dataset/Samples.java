package org.osteon.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the images of a data set: by its {@code manifest.csv}, else by class folders. */
final class Samples {
  private Samples() {}

  /**
   * Lists the samples in order of their file.
   *
   * @throws IllegalArgumentException with one sentence where the folder is no data set or a group
   *     crosses splits
   */
  static List<Sample> of(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest.csv");
    List<Sample> samples = new ArrayList<>();
    if (Files.isRegularFile(manifest)) {
      for (Map<String, String> row : Csv.read(Files.readAllLines(manifest))) {
        samples.add(fromManifest(row));
      }
    } else {
      fromFolders(folder, samples);
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          folder
              + " has neither a manifest.csv nor class folders healthy/, fractured/, beyond_repair/.");
    }
    samples.sort(Comparator.comparing(Sample::file));
    checkGroups(samples);
    return samples;
  }

  private static Sample fromManifest(Map<String, String> row) {
    String file = row.getOrDefault("file", "");
    int label = Sample.label(row.getOrDefault("label", ""));
    if (file.isEmpty() || label < 0) {
      throw new IllegalArgumentException(
          "manifest.csv has a line without a file or with an unknown label: '"
              + row.getOrDefault("label", "")
              + "'.");
    }
    String group = row.getOrDefault("group", "");
    return new Sample(
        file,
        label,
        group.isEmpty() ? file : group,
        row.getOrDefault("source_repo", "unknown"),
        row.containsKey("split") ? row.get("split") : split(group.isEmpty() ? file : group));
  }

  private static void fromFolders(Path folder, List<Sample> samples) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path classFolder : folders.filter(Files::isDirectory).sorted().toList()) {
        int label = Sample.label(classFolder.getFileName().toString());
        if (label < 0) {
          continue;
        }
        try (Stream<Path> files = Files.walk(classFolder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            String name = folder.relativize(file).toString();
            samples.add(
                new Sample(name, label, name, folder.getFileName().toString(), split(name)));
          }
        }
      }
    }
  }

  /** By the hash of the group, so that a file that is added later moves no other: 80, 10, 10. */
  private static String split(String group) {
    int bucket = Math.floorMod(group.hashCode() * 0x9E3779B9, 10);
    return bucket == 0 ? "test" : bucket == 1 ? "val" : "train";
  }

  private static void checkGroups(List<Sample> samples) {
    Map<String, String> splits = new TreeMap<>();
    for (Sample sample : samples) {
      String other = splits.putIfAbsent(sample.group(), sample.split());
      if (other != null && !other.equals(sample.split())) {
        throw new IllegalArgumentException(
            "Group %s is in the splits %s and %s; a group must not be split."
                .formatted(sample.group(), other, sample.split()));
      }
    }
  }
}
