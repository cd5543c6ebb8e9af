package org.osteon.gateway;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osteon.config.value.ConfigException;

/**
 * Pseudonyms by HMAC-SHA256 with the site's key: the same person is the same pseudonym, and without
 * the key no one can try out numbers.
 *
 * <p><b>Threading.</b> Any; immutable.
 */
final class Pseudonyms {
  private static final int LEAST_KEY_BYTES = 32;
  private static final int UID_BYTES = 16;

  private final SecretKeySpec key;

  private Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /**
   * @param file whose bytes are the key, white space around them left out
   * @throws ConfigException it cannot be read, or is shorter than 32 bytes
   */
  static Pseudonyms read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int from = 0;
      int to = bytes.length;
      while (from < to && bytes[from] <= ' ' && bytes[from] >= 0) {
        from++;
      }
      while (to > from && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
        to--;
      }
      if (to - from < LEAST_KEY_BYTES) {
        throw new ConfigException(
            "gateway.key.file must hold at least 32 bytes: make one with `openssl rand -hex 32`.");
      }
      return new Pseudonyms(Arrays.copyOfRange(bytes, from, to));
    } catch (IOException e) {
      throw new ConfigException(
          "gateway.key.file cannot be read (%s): give a file with at least 32 random bytes."
              .formatted(e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * @param kind what is hidden, so that equal numbers of different kinds stay apart
   * @return hex digits, or nothing where there is nothing to hide
   */
  String of(String kind, String value, int digits) {
    if (value.isEmpty()) {
      return "";
    }
    return HexFormat.of().formatHex(mac(kind, value)).substring(0, digits);
  }

  /** A UID under 2.25 (PS3.5 section B.2); what belongs together still has one UID. */
  String uid(String uid) {
    if (uid.isEmpty()) {
      return "";
    }
    byte[] bytes = Arrays.copyOf(mac("uid", uid), UID_BYTES);
    bytes[6] = (byte) (bytes[6] & 0x0F | 0x80);
    bytes[8] = (byte) (bytes[8] & 0x3F | 0x80);
    return "2.25." + new BigInteger(1, bytes);
  }

  private byte[] mac(String kind, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(kind.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256.", e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Pseudonyms";
  }
}
