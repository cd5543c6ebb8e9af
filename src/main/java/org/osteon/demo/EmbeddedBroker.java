package org.osteon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker of one node, broker and controller in one, in this process.
 *
 * <p><b>Threading.</b> Started and closed by one thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final Path folder;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, Path folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a broker on a free port, its data in a folder that {@link #close} removes.
   *
   * @param maxRecordBytes the largest record
   */
  public static EmbeddedBroker start(int maxRecordBytes) throws IOException {
    Path folder = Files.createTempDirectory("osteon-broker-");
    int port = FreePort.pick();
    Map<String, String> config = config(folder, port, FreePort.pick(), maxRecordBytes);
    format(folder, config);
    Properties properties = new Properties();
    properties.putAll(config);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, folder, port);
  }

  /** Settings of a broker of one node. */
  public static Map<String, String> config(
      Path folder, int port, int controllerPort, int maxRecordBytes) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
        Map.entry(
            "listeners",
            "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort),
        Map.entry("advertised.listeners", "PLAINTEXT://localhost:" + port),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
        Map.entry("log.dirs", folder.resolve("log").toString()),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.coordinator.rebalance.protocols", "classic,consumer,streams"),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("message.max.bytes", Integer.toString(maxRecordBytes)),
        Map.entry("replica.fetch.max.bytes", Integer.toString(maxRecordBytes)));
  }

  /** {@code host:port}. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    Folders.remove(folder);
  }

  private static void format(Path folder, Map<String, String> config) {
    Formatter formatter = new Formatter();
    formatter
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .addDirectory(config.getOrDefault("log.dirs", folder.toString()))
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(config.getOrDefault("log.dirs", folder.toString()))
        .setIgnoreFormatted(true)
        .setPrintStream(
            new java.io.PrintStream(
                java.io.OutputStream.nullOutputStream(),
                false,
                java.nio.charset.StandardCharsets.UTF_8));
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException("The broker's folder cannot be formatted.", e);
    }
  }
}
