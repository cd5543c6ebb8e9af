package org.osteon.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Version folders below a folder of models: {@code models/<name>/<version>}. */
public final class ModelFolders {
  private ModelFolders() {}

  /** All version folders, by name and then by number. */
  public static List<Path> all(Path models) throws IOException {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> found = Files.find(models, 3, (path, about) -> isVersion(path))) {
      return found.sorted(ORDER).toList();
    }
  }

  /** The highest version of a name. */
  public static Optional<Path> newest(Path models, String name) throws IOException {
    return all(models).stream()
        .filter(folder -> name(folder).equals(name))
        .reduce((older, newer) -> newer);
  }

  /** {@code name/version} of a version's folder. */
  public static String label(Path folder) {
    return name(folder) + "/" + folder.getFileName();
  }

  private static final Comparator<Path> ORDER =
      Comparator.comparing(ModelFolders::name)
          .thenComparing(ModelFolders::number)
          .thenComparing(Path::toString);

  private static boolean isVersion(Path folder) {
    // A version in the making is named with a suffix and appears under its number when complete.
    return Files.isRegularFile(folder.resolve("model.json"))
        && !folder.getFileName().toString().endsWith(".partial");
  }

  private static String name(Path folder) {
    Path parent = folder.getParent();
    return parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
  }

  private static int number(Path folder) {
    String version = folder.getFileName().toString();
    return version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1;
  }
}
