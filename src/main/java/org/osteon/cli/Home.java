package org.osteon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.osteon.model.ModelFolders;

/** Where this installation lies. */
final class Home {
  private Home() {}

  /** The folder with {@code models/}; the launcher says which. */
  static Path folder() {
    String home = System.getProperty("osteon.root");
    return Path.of(home == null ? "." : home).toAbsolutePath().normalize();
  }

  /** The newest version of the model that is shipped. */
  static Path defaultModel() {
    Path models = folder().resolve("models");
    try {
      return ModelFolders.newest(models, "osteon-s").orElse(models.resolve("osteon-s"));
    } catch (IOException e) {
      throw new UncheckedIOException(models + " cannot be read: " + e.getMessage(), e);
    }
  }
}
