package org.osteon.cli.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.osteon.model.ModelFolders;

/** Where this installation lies. */
public final class Home {
  private Home() {}

  /** The folder with {@code models/}; the launcher says which. */
  public static Path folder() {
    String home = System.getProperty("osteon.root");
    return Path.of(home == null ? "." : home).toAbsolutePath().normalize();
  }

  /** The newest version of the model that is shipped. */
  public static Path defaultModel() {
    Path models = folder().resolve("models");
    try {
      return ModelFolders.newest(models, "osteon-s").orElse(models.resolve("osteon-s"));
    } catch (IOException e) {
      throw new UncheckedIOException(models + " cannot be read: " + e.getMessage(), e);
    }
  }
}
