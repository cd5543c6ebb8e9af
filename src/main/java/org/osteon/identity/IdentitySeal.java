package org.osteon.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Identity;

/**
 * Seals originals with AES-256-GCM and opens them. A record that was moved under another key of the
 * topic does not open: the record's key is authenticated with it.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class IdentitySeal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SiteKeys keys;

  public IdentitySeal(SiteKeys keys) {
    this.keys = keys;
  }

  /**
   * What is known of an image outside.
   *
   * @param studyUid as in its event
   * @param instanceUid as in its event
   * @param patient pseudonym, or null
   * @param facility as in its event
   */
  public record Pseudonymous(
      String studyUid, String instanceUid, @Nullable String patient, String facility) {
    /**
     * What is known of an order outside: it lies beside the images, under a name that no study has.
     *
     * @param number its pseudonym
     * @param patient pseudonym, or null
     */
    public static Pseudonymous ofOrder(String number, @Nullable String patient) {
      return new Pseudonymous(IdentityTopic.order(number), "", patient, "");
    }
  }

  /** It cannot be opened: a key that is not there any more, or bytes that were tampered with. */
  public static final class UnopenedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnopenedException(String message) {
      super(message, null, false, false);
    }
  }

  /** The record of that image. */
  public Identity seal(Pseudonymous image, Original original, Instant now) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    String keyId = keys.newest();
    byte[] open = Encoding.bytes(original);
    try {
      SecretKey key = keys.of(keyId);
      Cipher cipher =
          cipher(
              Cipher.ENCRYPT_MODE, key, nonce, bound(image.studyUid(), image.instanceUid(), keyId));
      Identity.Builder identity =
          Identity.newBuilder()
              .setStudyInstanceUid(image.studyUid())
              .setSopInstanceUid(image.instanceUid())
              .setFacility(image.facility())
              .setKeyId(keyId)
              .setNonce(ByteBuffer.wrap(nonce))
              .setSealed(ByteBuffer.wrap(cipher.doFinal(open)))
              .setWrittenAt(now);
      if (image.patient() != null) {
        identity.setPatientPseudonym(image.patient());
      }
      return identity.build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  /**
   * @throws UnopenedException none of the keys opens it
   */
  public Original open(Identity identity) throws UnopenedException {
    SecretKey key = keys.of(identity.getKeyId());
    if (key == null) {
      throw new UnopenedException(
          "No key " + identity.getKeyId() + " in identity.key.file: put its line back.");
    }
    if (identity.getSealed().remaining() < TAG_BITS / 8
        || identity.getNonce().remaining() != NONCE_BYTES) {
      throw new UnopenedException("An identity that is cut short.");
    }
    byte[] bound =
        bound(identity.getStudyInstanceUid(), identity.getSopInstanceUid(), identity.getKeyId());
    try {
      byte[] nonce = bytes(identity.getNonce());
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, bound);
      return Encoding.original(cipher.doFinal(bytes(identity.getSealed())));
    } catch (AEADBadTagException e) {
      throw new UnopenedException(
          "An identity that was sealed by another key or for another image.");
    } catch (GeneralSecurityException | Encoding.MalformedException e) {
      throw new UnopenedException("An identity that is none: " + e.getClass().getSimpleName());
    }
  }

  private static Cipher cipher(int mode, @Nullable SecretKey key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  private static byte[] bound(String study, String instance, String keyId) {
    return (study + "\n" + instance + "\n" + keyId).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Lengths and bytes, nothing else: what is sealed has one reader, and fields may be added. */
  private static final class Encoding {
    private static final byte VERSION = 1;
    private static final int STUDY = 1;
    private static final int SERIES = 2;
    private static final int INSTANCE = 3;
    private static final int CLASS = 4;

    static final class MalformedException extends Exception {
      private static final long serialVersionUID = 1L;
    }

    private Encoding() {}

    static byte[] bytes(Original original) {
      Map<Integer, String> all = new TreeMap<>(original.attributes());
      all.put(STUDY, original.studyUid());
      all.put(SERIES, original.seriesUid());
      all.put(INSTANCE, original.instanceUid());
      all.put(CLASS, original.sopClass());
      int length = all.values().stream().mapToInt(value -> 6 + value.length()).sum();
      ByteBuffer out = ByteBuffer.allocate(1 + length).put(VERSION);
      all.forEach(
          (tag, value) ->
              out.putInt(tag)
                  .putShort((short) value.length())
                  .put(value.getBytes(StandardCharsets.ISO_8859_1)));
      return out.array();
    }

    static Original original(byte[] bytes) throws MalformedException {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Map<Integer, String> all = new TreeMap<>();
      if (!in.hasRemaining() || in.get() != VERSION) {
        throw new MalformedException();
      }
      while (in.remaining() >= 6) {
        int tag = in.getInt();
        int length = in.getShort() & 0xFFFF;
        if (length > in.remaining()) {
          throw new MalformedException();
        }
        byte[] value = new byte[length];
        in.get(value);
        all.put(tag, new String(value, StandardCharsets.ISO_8859_1));
      }
      String study = all.getOrDefault(STUDY, "");
      String series = all.getOrDefault(SERIES, "");
      String instance = all.getOrDefault(INSTANCE, "");
      String sopClass = all.getOrDefault(CLASS, "");
      all.keySet().removeIf(tag -> tag <= CLASS);
      return new Original(study, series, instance, sopClass, all);
    }
  }
}
