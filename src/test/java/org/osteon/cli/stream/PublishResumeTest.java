package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/** A run of publish that was cut short goes on where it was. */
@Tag("integration")
class PublishResumeTest {
  @TempDir private Path folder;
  private final Settings settings = Platform.settings();
  private Path images;
  private Path journal;

  @BeforeEach
  void lay() throws Exception {
    images = Files.createDirectories(folder.resolve("images"));
    journal = folder.resolve("journal");
    for (int i = 0; i < 12; i++) {
      Files.write(images.resolve(i + ".jpg"), new byte[] {(byte) i, 7});
    }
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
  }

  @Test
  void whatHasArrivedIsLeftOutAndWhatIsUncertainIsTheSameEvent() throws Exception {
    assertThat(publish()).contains("12 images published").doesNotContain("left out");
    assertThat(publish()).contains("0 images published").contains("12 left out");

    // Cut in the middle of the ninth line behind the run's: four are uncertain.
    byte[] whole = Files.readAllBytes(journal);
    List<String> lines = Files.readAllLines(journal);
    int kept = String.join("\n", lines.subList(0, 9)).getBytes(StandardCharsets.UTF_8).length;
    Files.write(journal, Arrays.copyOf(whole, kept + 6));
    assertThat(publish()).contains("4 images published").contains("8 left out");
    List<String> ids = ids(16);
    assertThat(ids.stream().distinct()).hasSize(12);

    Files.write(images.resolve("3.jpg"), new byte[] {3, 7, 7});
    assertThat(publish()).contains("1 images published").contains("11 left out");
  }

  @Test
  void aFileThatIsNoJournalIsLeftAsItIs() throws Exception {
    Files.writeString(journal, "my thesis\n");
    CommandRun run = CommandRun.of(settings, "publish", images + "", "--resume=" + journal);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("--resume").hasLineCount(1);
    assertThat(journal).hasContent("my thesis\n");
  }

  private String publish() {
    CommandRun run = CommandRun.of(settings, "publish", images + "", "--resume=" + journal);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private List<String> ids(int count) {
    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    List<String> ids = new ArrayList<>();
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.EVENTS), true)) {
      follower.follow(
          each -> {
            ids.add(((EventReading.Read) reader.read(each.value())).event().getEventId());
            return ids.size() < count;
          });
    }
    return ids;
  }
}
