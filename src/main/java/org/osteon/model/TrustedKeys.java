package org.osteon.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/**
 * Public keys whose signatures of a manifest count. The manifest holds the digest of every other
 * file, so that one signature speaks for the whole version.
 *
 * <p>Beside {@code model.json} lies {@code model.json.sig}: the Ed25519 signature (RFC 8032) of its
 * bytes, in Base64.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class TrustedKeys implements VersionCache.Check {
  private final List<PublicKey> keys;

  /**
   * @param files public keys in PEM; where there are none, every version passes
   * @throws IllegalArgumentException one is none; the message is a sentence
   */
  public TrustedKeys(List<Path> files) {
    this.keys = files.stream().map(Ed25519Keys::publicKey).toList();
  }

  /**
   * @throws ModelRefusedException the version is not signed by one of the keys
   */
  @Override
  public void check(Path version) {
    if (keys.isEmpty()) {
      return;
    }
    Path file = version.resolve(ModelVersion.SIGNATURE);
    if (!Files.isRegularFile(file)) {
      throw refused(
          version,
          "it has no %s, and only signed versions are taken here: see `osteon model sign`"
              .formatted(ModelVersion.SIGNATURE));
    }
    try {
      byte[] signature = Base64.getMimeDecoder().decode(Files.readAllBytes(file));
      byte[] manifest = Files.readAllBytes(version.resolve(ModelVersion.MANIFEST));
      for (PublicKey key : keys) {
        if (verifies(key, manifest, signature)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new ModelRefusedException(file + " cannot be read: " + e.getMessage() + ".", e);
    } catch (IllegalArgumentException e) {
      throw refused(version, "its %s is no Base64".formatted(ModelVersion.SIGNATURE));
    }
    throw refused(version, "its signature is of none of the trusted keys, or of another manifest");
  }

  private static boolean verifies(PublicKey key, byte[] manifest, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(Ed25519Keys.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(manifest);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // Of another length than a signature has.
      return false;
    }
  }

  private static ModelRefusedException refused(Path version, String why) {
    return new ModelRefusedException("Model version %s is refused: %s.".formatted(version, why));
  }
}
