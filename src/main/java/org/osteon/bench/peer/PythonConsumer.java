package org.osteon.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.XRayEvent;
import org.osteon.model.ModelVersion;

/** A plain Python consumer ({@code consumer.py}) on the same images and the same graph. */
public final class PythonConsumer {
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("OSTEON_PYTHON")).orElse("/usr/bin/python3");

  private final Path folder;

  /**
   * @param folder for the script and the schema
   */
  public PythonConsumer(Path folder) {
    this.folder = folder;
  }

  /** Why it cannot be measured here, or nothing. */
  public Optional<String> missing() throws IOException, InterruptedException {
    PythonRun run =
        PythonRun.of(List.of(PYTHON, "-c", "import confluent_kafka, avro, torch, PIL, numpy"));
    return run.status() == 0
        ? Optional.empty()
        : Optional.of(
            "The Python consumer was not measured: %s lacks something (apt-get install python3-torch"
                    .formatted(PYTHON)
                + " python3-confluent-kafka python3-avro python3-pil).");
  }

  /**
   * Images a second, between the first tenth and the last.
   *
   * @param graph of that version
   * @param threads that PyTorch uses in one call
   */
  public double imagesPerSecond(
      Settings settings, ModelVersion version, Path graph, int batch, int threads, int events)
      throws IOException, InterruptedException {
    Path script = folder.resolve("consumer.py");
    try (InputStream in = PythonConsumer.class.getResourceAsStream("consumer.py")) {
      if (in == null) {
        throw new IllegalStateException("consumer.py is not on the class path.");
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path schema = folder.resolve("XRayEvent.avsc");
    Files.writeString(schema, XRayEvent.getClassSchema().toString());
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    command.add(settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    command.add(settings.get(TopicKeys.EVENTS));
    command.add(settings.get(TopicKeys.RESULTS));
    command.add(schema.toString());
    command.add(graph.toString());
    command.add(Integer.toString(version.manifest().inputSpec().height()));
    command.add(Integer.toString(batch));
    command.add(Integer.toString(threads));
    command.add(Integer.toString(events));
    PythonRun run = PythonRun.of(command);
    if (run.status() != 0) {
      throw new IllegalStateException("The Python consumer failed: " + run.said());
    }
    return Double.parseDouble(run.said().lines().reduce((a, b) -> b).orElse(""));
  }
}
