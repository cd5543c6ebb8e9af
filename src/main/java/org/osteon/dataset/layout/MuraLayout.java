package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.ImagePaths;
import org.osteon.dataset.Sample;

/**
 * Stanford's MURA: {@code train/XR_WRIST/patient00001/study1_positive/image1.png}. Positive means
 * abnormal, which is more than broken: the label is a guess and its quality says so. The patient is
 * the group; the public {@code valid} folder is the test split, and a validation split is taken out
 * of {@code train}.
 */
final class MuraLayout implements Layout {
  private static final String PART = "XR_";

  @Override
  public String name() {
    return "mura";
  }

  @Override
  public boolean recognises(Path folder) throws IOException {
    Path root = root(folder);
    for (String half : List.of("train", "valid")) {
      for (Path part : ImagePaths.folders(root.resolve(half))) {
        if (ImagePaths.name(part).startsWith(PART)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public List<Sample> samples(Path folder, ClassWords words) throws IOException {
    List<Sample> samples = new ArrayList<>();
    Path root = root(folder);
    for (String half : List.of("train", "valid")) {
      for (Path part : ImagePaths.folders(root.resolve(half))) {
        for (Path patient : ImagePaths.folders(part)) {
          for (Path study : ImagePaths.folders(patient)) {
            for (Path file : ImagePaths.files(study)) {
              samples.add(sample(folder, half, part, patient, study, file));
            }
          }
        }
      }
    }
    return samples;
  }

  private static Sample sample(
      Path folder, String half, Path part, Path patient, Path study, Path file) {
    String name = ImagePaths.name(study);
    boolean positive = name.endsWith("_positive");
    if (!positive && !name.endsWith("_negative")) {
      throw new IllegalArgumentException(
          study + " ends in neither _positive nor _negative: take it out or name it as MURA does.");
    }
    String bodyPart = ImagePaths.name(part).substring(PART.length()).toLowerCase(Locale.ROOT);
    return new Sample(
        ImagePaths.below(folder, file),
        positive ? 1 : 0,
        ImagePaths.name(patient),
        "MURA",
        half.equals("train") ? "train" : "test",
        bodyPart,
        positive ? "abnormal" : "",
        positive ? "abnormal, not always a fracture" : "");
  }

  private static Path root(Path folder) {
    Path unpacked = folder.resolve("MURA-v1.1");
    return Files.isDirectory(unpacked) ? unpacked : folder;
  }
}
