package org.osteon.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 (FIPS 180-4) that grows, lower-case hex in the end.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Sha256 {
  private static final int BLOCK = 1 << 16;

  private final MessageDigest digest = newDigest();

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /**
   * The digest of a file, read in blocks.
   *
   * @throws IOException it cannot be read
   */
  public static String of(Path file) throws IOException {
    Sha256 sha = new Sha256();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sha.digest.update(block, 0, n);
      }
    }
    return sha.hex();
  }

  /** Java's own, for callers that feed it by hand. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** The bytes between position and limit. */
  public Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** The text's UTF-8. */
  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends it and begins a new one. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
