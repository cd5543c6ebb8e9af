package org.osteon.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process: one KRaft node on the loopback address, its data in a
 * temporary folder that goes with it.
 *
 * <p><b>Threading.</b> {@link #start}, {@link #stop} and {@link #close} exclude each other.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final Path data;
  private final Properties properties;
  private final int port;
  private @Nullable KafkaRaftServer server;

  private EmbeddedBroker(Path data, int port, Properties properties) {
    this.data = data;
    this.port = port;
    this.properties = properties;
  }

  /**
   * Formats a fresh log and starts the broker; takes about two seconds.
   *
   * @param maxRecordBytes the largest record that any topic may take, in bytes
   */
  public static EmbeddedBroker start(int maxRecordBytes) {
    try {
      Path data = Files.createTempDirectory("osteon-broker-");
      int port = Ports.take();
      Properties properties = BrokerProperties.of(port, Ports.take(), data, maxRecordBytes);
      Formatter formatter =
          new Formatter()
              .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"))
              .setClusterId(Uuid.randomUuid().toString())
              .setNodeId(1)
              .setControllerListenerName("CONTROLLER")
              .setMetadataLogDirectory(data.toString());
      formatter.setDirectories(List.of(data.toString())).run();
      EmbeddedBroker broker = new EmbeddedBroker(data, port, properties);
      broker.start();
      return broker;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The embedded broker does not start: " + e.getMessage(), e);
    }
  }

  /** Starts it again after {@link #stop}, on the same port with the same data. */
  public synchronized void start() {
    if (server == null) {
      KafkaRaftServer starting =
          new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      starting.startup();
      server = starting;
    }
  }

  /** Stops it cleanly and keeps its data; clients see a broker that is gone. */
  public synchronized void stop() {
    KafkaRaftServer stopping = server;
    if (stopping != null) {
      server = null;
      stopping.shutdown();
      stopping.awaitShutdown();
    }
  }

  /** {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** Stops it and removes its data. */
  @Override
  public synchronized void close() {
    stop();
    try {
      Folders.remove(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
