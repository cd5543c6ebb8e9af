package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/** Topics on a real broker and a real registry, for the commands that write and read them. */
abstract class CommandsOnTopics {
  @TempDir Path folder;
  final Settings settings = Platform.settings();

  @BeforeEach
  void topics() {
    CommandRun run = CommandRun.of(settings, "topics", "--partitions=2");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(CommandRun.of(settings, "topics").out()).contains("as they should be");
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (TopicFollower follower = new TopicFollower(settings, topic, true)) {
      follower.follow(
          each -> {
            found.add(each);
            return found.size() < count;
          });
    }
    assertThat(Map.of("count", found.size())).containsEntry("count", count);
    return found;
  }
}
