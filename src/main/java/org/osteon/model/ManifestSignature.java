package org.osteon.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;

/** Signs versions; see {@link TrustedKeys} for who looks at it. */
public final class ManifestSignature {
  private ManifestSignature() {}

  /**
   * Writes the signature beside the manifest, in the place of one that is there.
   *
   * @param version whose digests are right
   * @param key private key in PEM, PKCS#8
   * @return the file
   * @throws IllegalArgumentException the key is none; the message is a sentence
   */
  public static Path write(ModelVersion version, Path key) throws IOException {
    byte[] manifest = Files.readAllBytes(version.folder().resolve(ModelVersion.MANIFEST));
    Path file = version.folder().resolve(ModelVersion.SIGNATURE);
    Path beside = version.folder().resolve(ModelVersion.SIGNATURE + ".partial");
    try {
      Signature signer = Signature.getInstance(Ed25519Keys.ALGORITHM);
      signer.initSign(Ed25519Keys.privateKey(key));
      signer.update(manifest);
      Files.writeString(beside, Base64.getEncoder().encodeToString(signer.sign()) + "\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java signs with no Ed25519 key.", e);
    }
    return Files.move(
        beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
