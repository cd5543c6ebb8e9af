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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final List<String> LIGHT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

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
    try {
      Path folder = Files.createTempDirectory("osteon-broker-process-");
      int port = Ports.take();
      try (Writer out = Files.newBufferedWriter(folder.resolve("server.properties"))) {
        BrokerProperties.of(port, Ports.take(), folder.resolve("data"), maxRecordBytes)
            .store(out, null);
      }
      BrokerProcess broker = new BrokerProcess(folder, port, options);
      broker.format();
      broker.start();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void format() {
    ChildProcess formatting =
        java(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
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
  public synchronized void start() {
    if (child != null) {
      return;
    }
    child = java("kafka.Kafka", folder.resolve("server.properties").toString());
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
