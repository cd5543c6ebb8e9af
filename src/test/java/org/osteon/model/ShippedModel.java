package org.osteon.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The newest version that the project ships, for tests. */
public final class ShippedModel {
  private ShippedModel() {}

  /** Its folder. */
  public static Path folder() {
    Path models = Path.of(System.getProperty("osteon.root", ".."), "models");
    try {
      return ModelFolders.newest(models, "osteon-s").orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first of the default model, a network of a fifth of the size that learnt drawn radiographs
   * alone.
   */
  public static Path smallest() {
    return folder().resolveSibling("1");
  }

  /** A copy that a test may spoil. */
  public static Path copy(Path into) throws IOException {
    Path copy = into.resolve("copy");
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder().relativize(file).toString()));
      }
    }
    return copy;
  }

  /** Gives a file of a copy another content, and the manifest its digest. */
  public static void replace(Path copy, String file, String content) throws IOException {
    Path there = copy.resolve(file);
    String before = sha256(there);
    Files.writeString(there, content);
    edit(copy, before, sha256(there));
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces text in the manifest of a copy. */
  public static void edit(Path copy, String from, String to) throws IOException {
    Path manifest = copy.resolve("model.json");
    String json = Files.readString(manifest);
    if (!json.contains(from)) {
      throw new AssertionError(manifest + " does not contain " + from);
    }
    Files.writeString(manifest, json.replace(from, to));
  }
}
