package org.osteon.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key of 127.0.0.1, signed by no authority, made by the JDK's keytool. */
public final class Certificates {
  /** Of the store and of the key. */
  public static final String PASSWORD = "changeit";

  private static final String ALIAS = "osteon";
  private static final String TRUST = "javax.net.ssl.trustStore";

  private final Path store;

  private Certificates(Path store) {
    this.store = store;
  }

  /** Something that may throw. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /** Makes one in a folder. */
  public static Certificates make(Path folder) throws Exception {
    return make(folder, "127.0.0.1");
  }

  /**
   * Makes one in a folder.
   *
   * @param name whose it is, {@code CN}; the store is named after it
   */
  public static Certificates make(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Program.Ended keytool =
        Program.run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    if (keytool.status() != 0) {
      throw new AssertionError("keytool: " + keytool.said());
    }
    return new Certificates(store);
  }

  /** Those of a store that {@link #make} wrote. */
  public static Certificates of(Path store) {
    return new Certificates(store);
  }

  /** Writes a store without keys that trusts these, PKCS12. */
  public static Path trust(Path file, List<Certificates> trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificates each : trusted) {
      store.setCertificateEntry(
          each.store.getFileName().toString(), each.load().getCertificate(ALIAS));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** The key with its certificate, PKCS12. */
  public Path store() {
    return store;
  }

  /** Serves with the key, and trusts it. */
  public SSLContext context() throws Exception {
    KeyStore keys = load();
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  /** Writes the certificate as programs of other makes read it. */
  public Path certificatePem(Path file) throws Exception {
    return pem(file, "CERTIFICATE", load().getCertificate(ALIAS).getEncoded());
  }

  /** Writes the private key likewise, PKCS8, without a password. */
  public Path keyPem(Path file) throws Exception {
    return pem(file, "PRIVATE KEY", load().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  private static Path pem(Path file, String what, byte[] der) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der), what));
  }

  private KeyStore load() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** While it runs, this process trusts the certificate. */
  public void trusted(Action action) throws Exception {
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
    try {
      action.run();
    } finally {
      System.clearProperty(TRUST);
      System.clearProperty(TRUST + "Password");
    }
  }
}
