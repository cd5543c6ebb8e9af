package org.osteon.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys in PEM, as {@code openssl genpkey -algorithm ed25519} and {@code pkey -pubout} write. */
final class Ed25519Keys {
  static final String ALGORITHM = "Ed25519";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Ed25519Keys() {}

  /**
   * @throws IllegalArgumentException it is none; the message is a sentence without what it holds
   */
  static PublicKey publicKey(Path file) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(der(file, "PUBLIC KEY")));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw none(file, "public", "openssl pkey -in KEY.pem -pubout");
    }
  }

  /**
   * @throws IllegalArgumentException it is none; the message is a sentence without what it holds
   */
  static PrivateKey privateKey(Path file) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(der(file, "PRIVATE KEY")));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw none(file, "private", "openssl genpkey -algorithm ed25519");
    }
  }

  private static byte[] der(Path file, String kind) throws IOException {
    Matcher matcher = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!matcher.find() || !matcher.group(1).equals(kind)) {
      throw new IOException("no " + kind);
    }
    return Base64.getMimeDecoder().decode(matcher.group(2));
  }

  /** Without a cause: a parser's message may quote the key. */
  private static IllegalArgumentException none(Path file, String kind, String how) {
    return new IllegalArgumentException(
        "%s is no Ed25519 %s key in PEM: make one with `%s`.".formatted(file, kind, how));
  }
}
