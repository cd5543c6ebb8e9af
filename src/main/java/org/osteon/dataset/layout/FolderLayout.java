package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.ImagePaths;
import org.osteon.dataset.Sample;
import org.osteon.dataset.SplitWords;

/**
 * A folder for each class, {@code healthy/}, {@code fractured/}, {@code beyond_repair/}, or those
 * within a folder for each split, {@code train/healthy/}. Each image is its own group.
 */
final class FolderLayout implements Layout {
  @Override
  public String name() {
    return "folders";
  }

  @Override
  public boolean recognises(Path folder) throws IOException {
    // Last to be asked: what words mean a class is for the user to say, so any folder may be one.
    return !ImagePaths.folders(folder).isEmpty();
  }

  @Override
  public List<Sample> samples(Path folder, ClassWords words) throws IOException {
    List<Sample> samples = new ArrayList<>();
    addClasses(folder, folder, "", words, samples);
    for (Path child : ImagePaths.folders(folder)) {
      if (SplitWords.isSplit(ImagePaths.name(child))) {
        addClasses(folder, child, SplitWords.split(ImagePaths.name(child)), words, samples);
      }
    }
    return samples;
  }

  private static void addClasses(
      Path folder, Path parent, String split, ClassWords words, List<Sample> samples)
      throws IOException {
    for (Path child : ImagePaths.folders(parent)) {
      int label = words.label(ImagePaths.name(child));
      if (label < 0) {
        continue;
      }
      for (Path file : ImagePaths.files(child)) {
        String name = ImagePaths.below(folder, file);
        samples.add(new Sample(name, label, name, ImagePaths.name(folder), split, "", "", ""));
      }
    }
  }
}
