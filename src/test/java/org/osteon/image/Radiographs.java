package org.osteon.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real radiographs, which are never part of the project: empty where they are absent. */
public final class Radiographs {
  private Radiographs() {}

  /** The folder, whether it is there or not. */
  public static Path folder() {
    String environment = System.getenv("OSTEON_DATA");
    String fallback = System.getProperty("osteon.root", "..") + "/../shared/data";
    String data = System.getProperty("osteon.data", environment == null ? fallback : environment);
    return Path.of(data).resolve("xrays");
  }

  /** All images, sorted. */
  public static List<Path> files() {
    if (!Files.isDirectory(folder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".csv"))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
