package org.osteon.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.osteon.demo.BrokerProperties;
import org.osteon.demo.Folders;
import org.osteon.demo.Ports;

/**
 * A broker that lets in nobody without TLS and SCRAM, and nobody to what no ACL allows. Its own
 * talk goes by listeners of the loopback address that no client is told of.
 */
public final class SecureBroker implements AutoCloseable {
  /** May do everything. */
  public static final String ADMIN = "admin";

  private static final String PASSWORD = "not-a-secret-of-anyone";

  private final Path folder;
  private final int port;
  private final KafkaRaftServer server;

  private SecureBroker(Path folder, int port, KafkaRaftServer server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /**
   * @param users beside {@link #ADMIN}
   */
  public static SecureBroker start(List<String> users) throws Exception {
    Path folder = Files.createTempDirectory("osteon-secure-broker-");
    Path keys = folder.resolve("broker.p12");
    certificate(folder, keys);
    int port = Ports.free();
    Properties properties = properties(folder, keys, port);
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(1)
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(folder.resolve("data").toString())
            .setScramArguments(
                java.util.stream.Stream.concat(users.stream(), java.util.stream.Stream.of(ADMIN))
                    .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, PASSWORD))
                    .toList());
    formatter.setDirectories(List.of(folder.resolve("data").toString())).run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return new SecureBroker(folder, port, server);
  }

  /** {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** Osteon's settings for a user, {@code kafka.*}. */
  public Map<String, String> settings(String user) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("kafka.security.protocol", "SASL_SSL");
    settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
    settings.put(
        "kafka.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, PASSWORD));
    settings.put("kafka.ssl.truststore.location", folder.resolve("broker.p12").toString());
    settings.put("kafka.ssl.truststore.type", "PKCS12");
    settings.put("kafka.ssl.truststore.password", PASSWORD);
    return settings;
  }

  /** What must never be written anywhere. */
  public String password() {
    return PASSWORD;
  }

  @Override
  public void close() throws Exception {
    server.shutdown();
    server.awaitShutdown();
    Folders.remove(folder);
  }

  private static Properties properties(Path folder, Path keys, int port) {
    int controller = Ports.free();
    int internal = Ports.free();
    String host = Ports.LOOPBACK;
    Properties properties =
        BrokerProperties.of(port, controller, folder.resolve("data"), Platform.MAX_RECORD_BYTES);
    properties.put(
        "listeners",
        "SASL_SSL://%1$s:%2$d,INTERNAL://%1$s:%3$d,CONTROLLER://%1$s:%4$d"
            .formatted(host, port, internal, controller));
    properties.put(
        "advertised.listeners",
        "SASL_SSL://%1$s:%2$d,INTERNAL://%1$s:%3$d".formatted(host, port, internal));
    properties.put(
        "listener.security.protocol.map",
        "SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "INTERNAL");
    properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    properties.put("ssl.keystore.location", keys.toString());
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.password", PASSWORD);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("allow.everyone.if.no.acl.found", "false");
    // ANONYMOUS is who comes by the loopback listeners; the clients' listener knows no such user.
    properties.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    return properties;
  }

  private static void certificate(Path folder, Path keys) throws Exception {
    Program.Ended made =
        Program.run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
    Program.Ended exported =
        Program.run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                folder.resolve("broker.pem").toString()));
    // Trusted as an authority too: one store serves both ends.
    Program.Ended imported =
        Program.run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "authority",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                folder.resolve("broker.pem").toString()));
    if (made.status() != 0 || exported.status() != 0 || imported.status() != 0) {
      throw new IllegalStateException(made.said() + exported.said() + imported.said());
    }
  }
}
