package org.osteon.testing.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.osteon.sandbox.ChildProcess;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.Scrape;

/** HAPI's plain server with its validator, in a process of its own: the module src/fhir-peer. */
public final class FhirServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int port;
  private final String plan;
  private ChildProcess process;

  private FhirServer(Path folder, int port, String plan) {
    this.folder = folder;
    this.port = port;
    this.plan = plan;
    this.process = launch();
  }

  /** Skips the test, with a message, where it was not built. */
  public static void require() {
    Assumptions.assumeTrue(
        Files.exists(module().resolve("target/classpath.txt"))
            && Files.isDirectory(module().resolve("target/classes")),
        "The FHIR server is not built: mvn -pl src/fhir-peer package");
  }

  /**
   * @param plan what the first requests get, with commas between: ok, a status of HTTP, lost
   */
  public static FhirServer start(Path folder, int port, String plan) throws IOException {
    return new FhirServer(Files.createDirectories(folder), port, plan);
  }

  private ChildProcess launch() {
    try {
      String jars = Files.readString(module().resolve("target/classpath.txt")).trim();
      ChildProcess started =
          ChildProcess.start(
              folder.resolve("server.log"),
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx600m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              module().resolve("target/classes") + ":" + jars,
              "org.osteon.fhirpeer.FhirPeer",
              Integer.toString(port),
              folder.toString(),
              plan);
      await("a FHIR server")
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> Scrape.get(port, "/r4/metadata").statusCode() == 200);
      return started;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/r4";
  }

  /** Ends it without a word. */
  public void kill() {
    process.kill();
  }

  /** Starts it again with what it had; its plan goes on where it was. */
  public void restart() {
    process = launch();
  }

  /** Transactions that came, each with what was planned for it. */
  public List<String> requests() throws IOException {
    Path log = folder.resolve("requests");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** All resources of a type. */
  public List<JsonNode> all(String type) throws IOException {
    Path resources = folder.resolve("resources").resolve(type);
    if (!Files.isDirectory(resources)) {
      return List.of();
    }
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(resources)) {
      for (Path file : files.sorted().toList()) {
        all.add(JSON.readTree(file.toFile()));
      }
    }
    return all;
  }

  /** What it said, for messages. */
  public String said() {
    return ChildProcess.tail(folder.resolve("server.log"));
  }

  private static Path module() {
    return Dcmtk.root().resolve("src/fhir-peer");
  }

  @Override
  public void close() {
    process.kill();
  }
}
