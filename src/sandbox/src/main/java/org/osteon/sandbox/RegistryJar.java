package org.osteon.sandbox;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the registry that the build unpacked. */
final class RegistryJar {
  private static final String NAME = "apicurio-registry-app-3.0.9-runner.jar";

  /**
   * @return the jar beside this build, or the one that the system property {@code
   *     osteon.registry.jar} names
   * @throws IllegalStateException there is none
   */
  static Path find() {
    String named = System.getProperty("osteon.registry.jar");
    Path jar = named == null ? beside().resolve("registry").resolve(NAME) : Path.of(named);
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "The schema registry is not at " + jar + ": build the project first (mvn package).");
    }
    return jar;
  }

  /** The folder that holds {@code classes/} or the jar of this class: the build's. */
  private static Path beside() {
    try {
      Path code =
          Path.of(RegistryJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = code.getParent();
      return folder == null ? Path.of(".") : folder;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of this class is no path.", e);
    }
  }

  private RegistryJar() {}
}
