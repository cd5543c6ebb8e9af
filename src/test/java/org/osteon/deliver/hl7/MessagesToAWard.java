package org.osteon.deliver.hl7;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TargetsFile;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;

/** A ward that messages are sent to, and what is sent. */
abstract class MessagesToAWard {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  static Delivery delivery(String id, Finding finding) {
    ClassificationResult result =
        Deliveries.result(id, finding, "1.2.3.1", "1.2.3.1.1.1", Deliveries.boxes());
    return new Delivery(
        result, Deliveries.original("1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.1"), 1_790_000_000_000L);
  }

  Hl7Target target(int port, String... further) throws Exception {
    return new Hl7Target(Hl7Settings.of(settings(port, further)), PATIENCE);
  }

  Hl7Target target(int port, Duration patience) throws Exception {
    return new Hl7Target(Hl7Settings.of(settings(port)), patience);
  }

  TargetSettings settings(int port, String... further) throws Exception {
    List<String> lines =
        new ArrayList<>(List.of("ward.type=hl7", "ward.host=127.0.0.1", "ward.port=" + port));
    lines.addAll(List.of(further));
    return TargetsFile.read(Files.write(folder.resolve("targets.properties"), lines)).get(0);
  }
}
