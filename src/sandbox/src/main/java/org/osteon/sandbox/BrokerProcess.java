package org.osteon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A broker in a JVM of its own, which can be killed with SIGKILL and started again on the same port
 * with the same data.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Starts fast and stays small: for tests, where it is not the broker that is measured. */
  static final List<String> LIGHT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final int port;
  private final List<String> options;
  private @Nullable ChildProcess child;

  private BrokerProcess(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** Formats a fresh log, starts the broker and waits until it answers. */
  public static BrokerProcess launch(int maxRecordBytes) {
    return launch(maxRecordBytes, LIGHT);
  }

  /**
   * The same with options of its own for the Java virtual machine.
   *
   * @param maxRecordBytes the largest record that any topic may take, in bytes
   */
  public static BrokerProcess launch(int maxRecordBytes, List<String> options) {
    int port = Ports.take();
    int controller = Ports.take();
    BrokerProcess broker =
        formatted(
            port,
            data -> BrokerProperties.of(port, controller, data, maxRecordBytes),
            Uuid.randomUuid().toString(),
            options);
    broker.start();
    return broker;
  }

  /**
   * With a fresh log, and not started.
   *
   * @param properties of the broker, whose log is to lie in the folder that they are given
   * @param clusterId the same for all of a cluster
   */
  static BrokerProcess formatted(
      int port, Function<Path, Properties> properties, String clusterId, List<String> options) {
    try {
      Path folder = Files.createTempDirectory("osteon-broker-process-");
      try (Writer out = Files.newBufferedWriter(folder.resolve("server.properties"))) {
        properties.apply(folder.resolve("data")).store(out, null);
      }
      BrokerProcess broker = new BrokerProcess(folder, port, options);
      broker.format(clusterId);
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void format(String clusterId) {
    ChildProcess formatting =
        java(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            clusterId,
            "--config",
            folder.resolve("server.properties").toString());
    Instant end = Instant.now().plus(PATIENCE);
    while (formatting.isAlive() && Instant.now().isBefore(end)) {
      pause();
    }
    if (!Files.exists(folder.resolve("data").resolve("meta.properties"))) {
      throw new IllegalStateException("Not formatted: " + ChildProcess.tail(log()));
    }
  }

  /** Starts it, after {@link #launch} and {@link #kill} alike, and waits until it answers. */
  public void start() {
    begin();
    awaitUp();
  }

  /** Starts it and waits for nothing: one of several can do little by itself. */
  synchronized void begin() {
    if (child == null) {
      child = java("kafka.Kafka", folder.resolve("server.properties").toString());
    }
  }

  /** Waits until it answers. */
  void awaitUp() {
    Instant end = Instant.now().plus(PATIENCE);
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", 200);
    try (Admin admin = Admin.create(config)) {
      while (Instant.now().isBefore(end)) {
        try {
          if (!admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty()) {
            return;
          }
        } catch (ExecutionException | TimeoutException notYet) {
          pause();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    throw new IllegalStateException("The broker did not come up: " + ChildProcess.tail(log()));
  }

  /** SIGKILL: no handover, no flush. */
  public synchronized void kill() {
    ChildProcess killed = child;
    if (killed != null) {
      child = null;
      killed.kill();
    }
  }

  /**
   * Has it stand still, or go on: to others it is as good as cut off.
   *
   * @param still whether it is to stand still
   */
  public synchronized void freeze(boolean still) {
    ChildProcess running = child;
    if (running == null) {
      throw new IllegalStateException("The broker is not running.");
    }
    running.signal(still ? "-STOP" : "-CONT");
  }

  /** Process id of the broker that runs. */
  public synchronized long pid() {
    ChildProcess running = child;
    if (running == null) {
      throw new IllegalStateException("The broker is not running.");
    }
    return running.pid();
  }

  /** {@code bootstrap.servers}, the same after a restart. */
  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** Where its log lies, a folder for each partition. */
  public Path data() {
    return folder.resolve("data");
  }

  @Override
  public synchronized void close() {
    kill();
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return ChildProcess.start(log(), command.toArray(new String[0]));
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
