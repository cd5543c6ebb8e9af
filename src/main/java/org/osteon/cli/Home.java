package org.osteon.cli;

import java.nio.file.Path;

/** Where this installation lies. */
final class Home {
  private Home() {}

  /** The folder with {@code models/}; the launcher says which. */
  static Path folder() {
    String home = System.getProperty("osteon.root");
    return Path.of(home == null ? "." : home).toAbsolutePath().normalize();
  }

  /** The model that is shipped. */
  static Path defaultModel() {
    return folder().resolve("models/osteon-s/1");
  }
}
