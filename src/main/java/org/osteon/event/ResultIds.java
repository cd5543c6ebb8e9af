package org.osteon.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.osteon.digest.Sha256;

/** Ids that are pure functions of what they stand for, so that a replay gives the same. */
public final class ResultIds {
  private ResultIds() {}

  /** Of event, image digest and model version: 128 bits of SHA-256 in lower-case hex. */
  public static String result(String eventId, String imageSha256, String model, String version) {
    return digest(eventId, imageSha256, model, version);
  }

  /**
   * Of study, severity and model version, so of an alert: 128 bits of SHA-256 in lower-case hex.
   */
  public static String alert(
      String studyInstanceUid, String severity, String model, String version) {
    return digest(studyInstanceUid, severity, model, version);
  }

  /** Of study and event, 16 bytes. */
  public static byte[] event(String studyInstanceUid, String eventId) {
    return Arrays.copyOf(sha256(studyInstanceUid, eventId), 16);
  }

  private static String digest(String... parts) {
    return HexFormat.of().formatHex(sha256(parts), 0, 16);
  }

  private static byte[] sha256(String... parts) {
    MessageDigest sha256 = Sha256.newDigest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length before it, so that ("ab", "c") and ("a", "bc") differ.
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      sha256.update(bytes);
    }
    return sha256.digest();
  }
}
