package org.osteon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Temporary folders. */
public final class Folders {
  private Folders() {}

  /** Removes a folder with all that is in it; what cannot be removed is left, and said. */
  public static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(Folders.class)
          .warn("{} could not be removed: {}", folder, e.toString());
    }
  }
}
