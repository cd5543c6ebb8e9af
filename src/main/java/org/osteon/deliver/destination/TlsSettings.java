package org.osteon.deliver.destination;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.osteon.config.value.ConfigException;

/**
 * Whom a target is believed by, and who we are to it: keys {@code tls.trust} (PEM), {@code
 * tls.keystore} (PKCS12) and {@code tls.password.file}.
 */
public final class TlsSettings {
  private TlsSettings() {}

  /**
   * @return Java's own trust and no certificate of ours where nothing is set
   * @throws ConfigException a file cannot be opened
   */
  public static SSLContext of(TargetSettings target) {
    Optional<Path> trust = target.file("tls.trust");
    Optional<Path> store = target.file("tls.keystore");
    Optional<Path> password = target.file("tls.password.file");
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          store.isEmpty() ? null : own(store.get(), text(password)),
          trust.isEmpty() ? null : trusted(trust.get()),
          null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(
          "deliver.targets.file: TLS of %s cannot be set up (%s): give a PEM file as tls.trust, a PKCS12 store as tls.keystore and its tls.password.file."
              .formatted(target.name(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static char[] text(Optional<Path> file) throws IOException {
    return file.isEmpty() ? new char[0] : Files.readString(file.get()).trim().toCharArray();
  }

  private static KeyManager @Nullable [] own(Path store, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trusted(Path pem) throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.setCertificateEntry("anchor-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("no certificate in it");
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }
}
