package org.osteon.testing.hospital;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osteon.sandbox.ChildProcess;

/** A {@link ReplicaMain} and its end. */
public final class Replica implements AutoCloseable {
  public static final int KILLED = 128 + 9;

  /** Of a process that is there for seconds: most of its time is its start. */
  public static final List<String> SHORT_LIVED =
      List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final Duration GRACE = Duration.ofMinutes(3);

  private final ChildProcess process;
  private final Path log;

  private Replica(ChildProcess process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Replica start(Path settings, Path log, String... arguments) {
    return start(SHORT_LIVED, settings, log, arguments);
  }

  /**
   * @param options of the Java virtual machine
   */
  static Replica start(List<String> options, Path settings, Path log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            ReplicaMain.class.getName(),
            settings.toString()));
    command.addAll(List.of(arguments));
    return new Replica(ChildProcess.start(log, command.toArray(new String[0])), log);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public int exitStatus() throws InterruptedException {
    return process.await(GRACE);
  }

  public long pid() {
    return process.pid();
  }

  public void kill() {
    process.kill();
  }

  /** SIGTERM, as an orchestrator stops a pod that is up, and the exit status after the drain. */
  public int terminate() throws InterruptedException {
    await().until(this::isUp);
    process.signal("-TERM");
    return process.await(GRACE);
  }

  public boolean isUp() throws IOException {
    return Files.exists(log) && Files.readString(log).contains("Osteon classifies");
  }

  public Path logFile() {
    return log;
  }

  /** The end of its log, for a message. */
  public String log() {
    return ChildProcess.tail(log);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill();
    }
  }
}
