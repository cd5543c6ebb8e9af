package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/** What {@code osteon publish} makes of a folder of images. */
@Tag("integration")
@Timeout(600)
class PublishTest extends CommandsOnTopics {
  @Test
  void everyImageArrivesAsAnEvent() throws Exception {
    for (int i = 0; i < 12; i++) {
      Files.write(folder.resolve(i + ".jpg"), new byte[] {(byte) i, 7});
    }
    CommandRun run =
        CommandRun.of(
            settings, "publish", folder.toString(), "--priority=stat", "--body-part=HAND");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("12 images published to " + settings.get(TopicKeys.EVENTS));

    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    TreeSet<Integer> seen = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> each : read(settings.get(TopicKeys.EVENTS), 12)) {
      XRayEvent event = ((EventReading.Read) reader.read(each.value())).event();
      assertThat(new String(each.key(), StandardCharsets.UTF_8))
          .isEqualTo(event.getStudyInstanceUid());
      assertThat(event.getPriority()).isEqualTo(Priority.STAT);
      assertThat(event.getBodyPart()).isEqualTo("HAND");
      assertThat(event.getContentType()).isEqualTo("image/jpeg");
      ByteBuffer data = ((InlineImage) event.getImage()).getData();
      assertThat(data.remaining()).isEqualTo(2);
      seen.add((int) data.get(data.position()));
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void publishingToATopicThatIsNotThereFails() throws Exception {
    Files.write(folder.resolve("1.jpg"), new byte[1]);
    CommandRun run = CommandRun.of(Platform.settings(), "publish", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("osteon topics").hasLineCount(1);
    CommandRun watch = CommandRun.of(Platform.settings(), "watch");
    assertThat(watch.status()).isEqualTo(1);
    assertThat(watch.err()).contains("osteon topics").hasLineCount(1);
  }
}
