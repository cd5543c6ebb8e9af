package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.cli.output.ProgressLines;
import org.osteon.client.OperationFailedException;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Performance;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.report.WorthPage;

/** {@code osteon report DIR --performance}. */
final class PerformanceReport {
  private PerformanceReport() {}

  /**
   * Writes {@code performance.html} of what the topic holds now.
   *
   * @return the page
   * @throws OperationFailedException what the topic holds are no figures
   */
  static Path write(Settings settings, Path folder, ProgressLines progress)
      throws IOException, InterruptedException {
    String topic = settings.get(TopicKeys.PERFORMANCE);
    Deserializer<Performance> deserializer =
        new EventSerdes(Registry.connect(settings), settings).performance().deserializer();
    Map<String, Performance> held;
    try {
      held =
          TopicWindow.latest(
              settings,
              topic,
              deserializer,
              progress.offsets("offsets of %s read".formatted(topic)));
    } catch (SerializationException e) {
      throw new OperationFailedException(
          "What " + topic + " holds are no figures: is topics.performance the right topic?");
    }
    progress.clear();
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve("performance.html"), WorthPage.of(held.values(), Instant.now()));
  }
}
