package org.osteon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/**
 * An Ed25519 key pair in PEM.
 *
 * @param secret file of the private key
 * @param open file of the public key
 */
public record SigningKey(Path secret, Path open) {
  /** A new one. */
  public static SigningKey make(Path folder, String name) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(
          pem(folder.resolve(name + ".pem"), "PRIVATE KEY", pair.getPrivate().getEncoded()),
          pem(folder.resolve(name + ".pub.pem"), "PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(Path file, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind));
  }
}
