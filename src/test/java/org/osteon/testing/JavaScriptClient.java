package org.osteon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;

/**
 * Somebody else's client, {@code examples/node/client.js}: kafkajs with its own Avro. Its packages
 * are fetched by npm the first time.
 */
public final class JavaScriptClient {
  private static final Path FOLDER =
      Path.of(System.getProperty("osteon.root", "..")).resolve("examples/node").normalize();

  private final Settings settings;

  private JavaScriptClient(Settings settings) {
    this.settings = settings;
  }

  /**
   * @return a client, or empty where node, npm or the packages are not to be had
   */
  public static Optional<JavaScriptClient> find(Settings settings) throws Exception {
    Path packages = FOLDER.resolve("node_modules/kafkajs");
    try {
      if (run(List.of("node", "--version")).status() != 0) {
        return Optional.empty();
      }
      if (!Files.isDirectory(packages) && run(List.of("npm", "ci", "--silent")).status() != 0) {
        return Optional.empty();
      }
    } catch (IOException noSuchProgram) {
      return Optional.empty();
    }
    return Optional.of(new JavaScriptClient(settings));
  }

  /**
   * Publishes events to {@code topics.events} with these images in turn.
   *
   * @return {@code {schemaId, events: [{eventId, studyInstanceUid, sha256, …}]}}
   */
  public JsonNode publish(int count, List<Path> images) throws Exception {
    List<String> arguments = arguments("publish", settings.get(TopicKeys.EVENTS), count);
    images.forEach(image -> arguments.add(image.toAbsolutePath().toString()));
    return json(arguments);
  }

  /**
   * Reads so many records of a topic from its beginning, what is committed only.
   *
   * @return {@code {records: [{key, headers, value}]}}
   */
  public JsonNode read(String topic, int count) throws Exception {
    return json(arguments("read", topic, count));
  }

  private List<String> arguments(String mode, String topic, int count) {
    return new ArrayList<>(
        List.of(
            "node",
            "client.js",
            mode,
            "--brokers",
            settings.get(KafkaKeys.BOOTSTRAP_SERVERS),
            "--registry",
            settings.get(KafkaKeys.SCHEMA_REGISTRY_URL),
            "--topic",
            topic,
            "--count",
            Integer.toString(count)));
  }

  private static JsonNode json(List<String> command) throws Exception {
    Ended ended = run(command);
    if (ended.status() != 0) {
      throw new AssertionError("The JavaScript client failed: " + ended.said());
    }
    return new ObjectMapper().readTree(ended.said());
  }

  private record Ended(int status, String said) {}

  private static Ended run(List<String> command) throws Exception {
    Path out = Files.createTempFile("osteon-js-", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(-1, "no end after three minutes");
      }
      return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
