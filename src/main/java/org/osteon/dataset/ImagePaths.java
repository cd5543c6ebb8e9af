package org.osteon.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files and folders of a data set, in the order of their names. */
public final class ImagePaths {
  private ImagePaths() {}

  /** Folders right below one; none where it is no folder. */
  public static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** All files below a folder, but for what operating systems leave there. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !name(file).startsWith(".") && !name(file).equals("Thumbs.db"))
          .sorted()
          .toList();
    }
  }

  /** The last part of a path. */
  public static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "" : last.toString();
  }

  /** The name without what follows its last dot. */
  public static String stem(Path path) {
    String name = name(path);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** A file as samples name it: below the data set's folder, with forward slashes. */
  public static String below(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
