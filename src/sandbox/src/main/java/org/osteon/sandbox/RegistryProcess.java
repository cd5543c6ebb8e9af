package org.osteon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real schema registry, Apicurio, as a child process. Its schemas lie in a temporary folder, so
 * ids survive {@link #kill} and {@link #start}.
 *
 * <p><b>Threading.</b> Methods exclude each other, but for {@link #url}.
 */
public final class RegistryProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Path data;
  private final Path jar;
  private final int port;
  private @Nullable ChildProcess child;

  private RegistryProcess(Path jar, Path data, int port) {
    this.jar = jar;
    this.data = data;
    this.port = port;
  }

  /**
   * Starts a registry with no schemas on a port of its own and waits until it answers, about four
   * seconds.
   *
   * @throws IllegalStateException it did not come up; the message quotes its log
   */
  public static RegistryProcess launch() {
    try {
      Path data = Files.createTempDirectory("osteon-registry-");
      RegistryProcess registry = new RegistryProcess(RegistryJar.find(), data, Ports.take());
      try {
        registry.start();
      } catch (RuntimeException e) {
        registry.close();
        throw e;
      }
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder for the registry.", e);
    }
  }

  /** Starts it again after {@link #kill}, on the same port with the same schemas and ids. */
  public synchronized void start() {
    if (child != null) {
      return;
    }
    Path log = data.resolve("registry.log");
    child =
        ChildProcess.start(
            log,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // In an image only its parent's temporary folder can be written to.
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus.http.host=" + Ports.LOOPBACK,
            "-Dquarkus.http.port=" + port,
            // Written at each commit: with H2's delay of half a second a kill would lose schemas.
            "-Dapicurio.datasource.url=jdbc:h2:file:" + data.resolve("schemas") + ";WRITE_DELAY=0",
            "-jar",
            jar.toString());
    awaitAnswer(log);
  }

  /** Kills it at once, as an outage would: connections are refused. */
  public synchronized void kill() {
    ChildProcess killed = child;
    if (killed != null) {
      child = null;
      killed.kill();
    }
  }

  /** Freezes it (SIGSTOP): connections open, nothing answers. */
  public synchronized void suspend() {
    signal("-STOP");
  }

  /** Lets it go on after {@link #suspend}. */
  public synchronized void resume() {
    signal("-CONT");
  }

  /** {@code schema.registry.url}: Confluent's API. */
  public String url() {
    return "http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7";
  }

  /** Kills it and removes its data. */
  @Override
  public synchronized void close() {
    kill();
    try {
      Folders.remove(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String signal) {
    ChildProcess running = child;
    if (running == null) {
      throw new IllegalStateException("The registry is not running.");
    }
    running.signal(signal);
  }

  private void awaitAnswer(Path log) {
    Instant end = Instant.now().plus(PATIENCE);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    while (Instant.now().isBefore(end)) {
      ChildProcess running = child;
      if (running == null || !running.isAlive()) {
        break;
      }
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (IOException notYet) {
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    String said = ChildProcess.tail(log);
    kill();
    throw new IllegalStateException("The schema registry did not come up: " + said);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
