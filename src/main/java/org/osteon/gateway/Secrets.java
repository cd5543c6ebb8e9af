package org.osteon.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

/** Keys and tokens out of files, so that none is ever a setting, an argument or a variable. */
final class Secrets {
  private Secrets() {}

  /**
   * The token of {@code gateway.http.token.file}.
   *
   * @throws ConfigException it cannot be read, or is too short to be one
   */
  static String token(Path file) {
    return TokenFile.read(GatewayKeys.HTTP_TOKEN_FILE, file);
  }

  /**
   * Serves with the key of a PKCS12 store, and trusts the certificates in it.
   *
   * @throws ConfigException it cannot be opened
   */
  static SSLContext tls(Path store, Path passwordFile) {
    char[] password = text(passwordFile, GatewayKeys.TLS_PASSWORD_FILE).toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, password);
      TrustManagerFactory others =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      others.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), others.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(
          "gateway.tls.keystore cannot be opened (%s): give a PKCS12 store and its password."
              .formatted(e.getClass().getSimpleName()),
          e);
    }
  }

  private static String text(Path file, Setting setting) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new ConfigException(
          "%s cannot be read (%s): give a readable file."
              .formatted(setting.key(), e.getClass().getSimpleName()),
          e);
    }
  }
}
