package org.osteon.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.osteon.config.Settings;

/**
 * {@code DyingProcess FILE POINT N}: what {@code osteon performance} runs, until it kills itself at
 * the n-th commit that has changes of cases in it.
 */
final class DyingProcess implements KafkaClientSupplier {
  private static final String CHANGES = "changes-by-version";

  /** Where it dies. */
  enum Point {
    /** All is written, and nothing of it committed. */
    BEFORE_THE_COMMIT,
    /** The brokers have committed. */
    AFTER_THE_COMMIT,
    /** As the first, with at least once in the place of exactly once, to see that it matters. */
    BEFORE_A_COMMIT_AT_LEAST_ONCE
  }

  private final Point point;
  private final AtomicInteger left;

  private DyingProcess(Point point, int n) {
    this.point = point;
    this.left = new AtomicInteger(n);
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.load(Path.of(arguments[0]), Map.of(), Map.of());
    Point point = Point.valueOf(arguments[1]);
    Properties properties = PerformanceStreams.of(settings);
    if (point == Point.BEFORE_A_COMMIT_AT_LEAST_ONCE) {
      properties.put("processing.guarantee", "at_least_once");
    }
    DyingProcess clients = new DyingProcess(point, Integer.parseInt(arguments[2]));
    System.exit(PerformanceProcess.start(settings, properties, clients).run());
  }

  private void passed(Point here) {
    if (here == point && left.decrementAndGet() == 0) {
      try {
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-9", Long.toString(self)).inheritIO().start();
      } catch (IOException e) {
        Runtime.getRuntime().halt(99);
      }
      // This thread goes no further; the signal is on its way.
      while (true) {
        LockSupport.park();
      }
    }
  }

  private static boolean hasChanges(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return offsets.keySet().stream().anyMatch(each -> each.topic().contains(CHANGES));
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
      private boolean changes;

      @Override
      public void sendOffsetsToTransaction(
          Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        changes = hasChanges(offsets);
        super.sendOffsetsToTransaction(offsets, group);
      }

      @Override
      public void commitTransaction() {
        boolean withChanges = changes;
        changes = false;
        if (withChanges) {
          passed(Point.BEFORE_THE_COMMIT);
        }
        super.commitTransaction();
        if (withChanges) {
          passed(Point.AFTER_THE_COMMIT);
        }
      }
    };
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
      @Override
      public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (hasChanges(offsets)) {
          passed(Point.BEFORE_A_COMMIT_AT_LEAST_ONCE);
        }
        super.commitSync(offsets);
      }
    };
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }
}
