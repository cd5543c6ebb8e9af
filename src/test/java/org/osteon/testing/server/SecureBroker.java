package org.osteon.testing.server;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.osteon.sandbox.BrokerProperties;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Certificates;
import org.osteon.testing.Platform;

/**
 * A broker with three doors, each with TLS: one for who has a SCRAM password, one for who has a
 * certificate, one for who has a token. What no ACL allows is refused. Its own talk goes by
 * listeners of the loopback address that no client is told of.
 */
public final class SecureBroker implements AutoCloseable {
  /** May do everything. */
  public static final String ADMIN = "admin";

  private static final String PASSWORD = "not-a-secret-of-anyone";
  private static final String SECURITY = "org.apache.kafka.common.security.";

  /** How a client says who it is. */
  public enum Door {
    SCRAM("SASL_SSL"),
    MUTUAL("SSL"),
    OAUTH("SASL_SSL");

    private final String protocol;

    Door(String protocol) {
      this.protocol = protocol;
    }
  }

  private final Path folder;
  private final Map<Door, Integer> ports;
  private final TokenServer tokens;
  private final KafkaRaftServer server;

  private SecureBroker(
      Path folder, Map<Door, Integer> ports, TokenServer tokens, KafkaRaftServer server) {
    this.folder = folder;
    this.ports = ports;
    this.tokens = tokens;
    this.server = server;
  }

  /**
   * @param users beside {@link #ADMIN}
   */
  public static SecureBroker start(List<String> users) throws Exception {
    Path folder = Files.createTempDirectory("osteon-secure-broker-");
    List<String> names = Stream.concat(users.stream(), Stream.of(ADMIN)).toList();
    List<Certificates> clients = new ArrayList<>();
    for (String name : names) {
      clients.add(Certificates.make(folder, name));
    }
    Certificates.trust(folder.resolve("clients.p12"), clients);
    Certificates own = Certificates.make(folder, "broker");
    Certificates.trust(folder.resolve("trust.p12"), List.of(own));
    TokenServer tokens = TokenServer.start(PASSWORD);
    Map<Door, Integer> ports = new EnumMap<>(Door.class);
    for (Door door : Door.values()) {
      ports.put(door, Ports.take());
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(1)
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(folder.resolve("data").toString())
            .setScramArguments(
                names.stream()
                    .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, PASSWORD))
                    .toList());
    formatter.setDirectories(List.of(folder.resolve("data").toString())).run();
    Properties properties = properties(folder, ports, tokens);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return new SecureBroker(folder, ports, tokens, server);
  }

  /** Osteon's settings for a user who comes by a door: where it is, and {@code kafka.*}. */
  public Map<String, String> settings(Door door, String user) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", Ports.LOOPBACK + ":" + ports.get(door));
    settings.put("kafka.security.protocol", door.protocol);
    trust(settings, "kafka.ssl.");
    switch (door) {
      case SCRAM -> {
        settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
            "kafka.sasl.jaas.config",
            SECURITY
                + "scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                    .formatted(user, PASSWORD));
      }
      case MUTUAL -> {
        settings.put("kafka.ssl.keystore.location", folder.resolve(user + ".p12").toString());
        settings.put("kafka.ssl.keystore.type", "PKCS12");
        settings.put("kafka.ssl.keystore.password", Certificates.PASSWORD);
      }
      case OAUTH -> {
        settings.put("kafka.sasl.mechanism", "OAUTHBEARER");
        settings.put(
            "kafka.sasl.login.callback.handler.class",
            SECURITY + "oauthbearer.OAuthBearerLoginCallbackHandler");
        settings.put("kafka.sasl.oauthbearer.token.endpoint.url", tokens.tokens());
        settings.put(
            "kafka.sasl.jaas.config",
            SECURITY
                + "oauthbearer.OAuthBearerLoginModule required clientId=\"%s\" clientSecret=\"%s\";"
                    .formatted(user, PASSWORD));
      }
    }
    return settings;
  }

  /** Trusts the broker's certificate, and whatever else is served with it. */
  public void trust(Map<String, String> settings, String prefix) {
    settings.put(prefix + "truststore.location", folder.resolve("trust.p12").toString());
    settings.put(prefix + "truststore.type", "PKCS12");
    settings.put(prefix + "truststore.password", Certificates.PASSWORD);
  }

  /** The broker's key, for who serves beside it. */
  public Certificates certificates() throws Exception {
    return Certificates.of(folder.resolve("broker.p12"));
  }

  /** What must never be written anywhere. */
  public String password() {
    return PASSWORD;
  }

  @Override
  public void close() throws Exception {
    server.shutdown();
    server.awaitShutdown();
    tokens.close();
    Folders.remove(folder);
  }

  private static Properties properties(Path folder, Map<Door, Integer> ports, TokenServer tokens) {
    int controller = Ports.take();
    Properties properties =
        BrokerProperties.of(
            Ports.take(), controller, folder.resolve("data"), Platform.MAX_RECORD_BYTES);
    String host = Ports.LOOPBACK;
    StringBuilder open = new StringBuilder("INTERNAL://" + host + ":" + Ports.take());
    StringBuilder protocols = new StringBuilder("INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    ports.forEach(
        (door, port) -> {
          open.append(",%s://%s:%d".formatted(door, host, port));
          protocols.append(",%s:%s".formatted(door, door.protocol));
        });
    properties.put("advertised.listeners", open.toString());
    properties.put("listeners", open + ",CONTROLLER://" + host + ":" + controller);
    properties.put("listener.security.protocol.map", protocols.toString());
    properties.put("inter.broker.listener.name", "INTERNAL");
    properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
    String scram = "listener.name.scram.";
    properties.put(scram + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put(
        scram + "scram-sha-512.sasl.jaas.config", SECURITY + "scram.ScramLoginModule required;");
    String mutual = "listener.name.mutual.ssl.";
    properties.put(mutual + "client.auth", "required");
    properties.put(mutual + "truststore.location", folder.resolve("clients.p12").toString());
    properties.put(mutual + "truststore.type", "PKCS12");
    properties.put(mutual + "truststore.password", Certificates.PASSWORD);
    properties.put(mutual + "principal.mapping.rules", "RULE:^CN=(.+)$/$1/");
    String oauth = "listener.name.oauth.";
    properties.put(oauth + "sasl.enabled.mechanisms", "OAUTHBEARER");
    properties.put(
        oauth + "oauthbearer.sasl.server.callback.handler.class",
        SECURITY + "oauthbearer.OAuthBearerValidatorCallbackHandler");
    properties.put(
        oauth + "oauthbearer.sasl.jaas.config",
        SECURITY + "oauthbearer.OAuthBearerLoginModule required;");
    properties.put(oauth + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", tokens.keys());
    properties.put(oauth + "oauthbearer.sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE);
    properties.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.password", Certificates.PASSWORD);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("allow.everyone.if.no.acl.found", "false");
    // ANONYMOUS is who comes by the loopback listeners; the clients' doors know no such user.
    properties.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    return properties;
  }
}
