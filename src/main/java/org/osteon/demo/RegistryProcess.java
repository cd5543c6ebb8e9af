package org.osteon.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real schema registry (Apicurio, which speaks Confluent's API) as a child process that ends with
 * this one. It keeps its schemas in memory.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class RegistryProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String JAR = "apicurio-registry-app-3.0.9-runner.jar";

  private final Process process;
  private final Thread hook;
  private final int port;

  private RegistryProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts one on a free port and waits until it answers.
   *
   * @param folder where the build unpacked it, {@code src/target/registry}
   */
  public static RegistryProcess start(Path folder) throws IOException, InterruptedException {
    Path jar = folder.resolve(JAR);
    if (!Files.isRegularFile(jar)) {
      throw new IOException("There is no " + jar + "; build the project first.");
    }
    int port = FreePort.pick();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                jar.toAbsolutePath().toString()));
    builder.directory(folder.toFile());
    builder.environment().put("QUARKUS_HTTP_HOST", "localhost");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_LOG_LEVEL", "ERROR");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    RegistryProcess registry = new RegistryProcess(builder.start(), port);
    try {
      registry.awaitAnswer();
    } catch (IOException | InterruptedException e) {
      registry.close();
      throw e;
    }
    return registry;
  }

  /** Base of Confluent's API. */
  public String url() {
    return "http://localhost:" + port + "/apis/ccompat/v7";
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The process is going down already, and the hook with it.
      return;
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (!process.isAlive()) {
        throw new IOException(
            "The schema registry ended with status " + process.exitValue() + " at its start.");
      }
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new IOException("The schema registry did not answer within " + PATIENCE + ".");
  }
}
