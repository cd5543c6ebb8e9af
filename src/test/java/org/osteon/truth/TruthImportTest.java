package org.osteon.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/** A sheet of truths, imported by {@code osteon truth import}. */
@Tag("integration")
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class TruthImportTest {
  @TempDir private Path folder;
  private Settings settings;

  @BeforeEach
  void open() {
    settings = Platform.settings();
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
  }

  @Test
  void aSheetWithAFaultPublishesNothingUnlessAskedTo() throws Exception {
    Path sheet = folder.resolve("truths.csv");
    Files.writeString(
        sheet,
        "study,label,role,said_at\n1.2.1,HEALTHY,REPORT,2026-11-27T10:00:00Z\n1.2.2,?,REPORT,2026-11-27T10:00:00Z\n");
    CommandRun refused = CommandRun.of(settings, "truth", "import", sheet.toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("1 rows not published, 1 malformed.");
    assertThat(refused.err()).contains("Line 3: label must be one of").contains("--skip-malformed");
    assertThat(truths()).isZero();
    CommandRun dry =
        CommandRun.of(
            settings, "truth", "import", "--skip-malformed", "--dry-run", sheet.toString());
    assertThat(dry.out()).contains("1 rows not published");
    assertThat(truths()).isZero();
    CommandRun asked =
        CommandRun.of(settings, "truth", "import", "--skip-malformed", sheet.toString());
    assertThat(asked.status()).isEqualTo(1);
    assertThat(asked.out()).contains("1 rows published, 1 malformed.");
    assertThat(truths()).isEqualTo(1);
  }

  private long truths() {
    String topic = settings.get(TopicKeys.TRUTHS);
    try (var consumer = PlainClients.consumer(settings, Map.of())) {
      return consumer
          .endOffsets(
              consumer.partitionsFor(topic).stream()
                  .map(each -> new org.apache.kafka.common.TopicPartition(topic, each.partition()))
                  .toList())
          .values()
          .stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }
}
