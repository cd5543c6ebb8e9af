package org.osteon.testing.hospital;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.event.ModelRef;
import org.osteon.service.KafkaClients;
import org.osteon.topology.listen.TopologyListener;

/**
 * Kills its own process, with SIGKILL and not with a polite halt, the {@code n}-th time that a
 * point is passed.
 *
 * <p><b>Threading.</b> Any.
 */
final class Assassin {
  private final KillPoint point;
  private final AtomicInteger left;

  /** Images without an outcome, by partition, of the stream thread that asks. */
  private final ThreadLocal<Map<Integer, Integer>> inHand = ThreadLocal.withInitial(HashMap::new);

  /** Whether the stream thread that asks commits before it takes its next record. */
  private final ThreadLocal<Boolean> commits = ThreadLocal.withInitial(() -> false);

  Assassin(KillPoint point, int n) {
    this.point = point;
    this.left = new AtomicInteger(n);
  }

  void passed(KillPoint here) {
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

  PipelineListener pipeline() {
    return new PipelineListener() {
      @Override
      public void submitted() {
        passed(KillPoint.AFTER_SUBMIT);
      }

      @Override
      public void decoded() {
        passed(KillPoint.AFTER_DECODE);
      }

      @Override
      public void batchAnswered(int size, long inferenceNanos) {
        passed(KillPoint.INSIDE_A_BATCH);
      }
    };
  }

  TopologyListener topology() {
    return new TopologyListener() {
      @Override
      public void received() {
        // It took nothing since that commit, so whatever it has in hand was committed.
        if (commits.get() && anyInHand()) {
          passed(KillPoint.AFTER_A_COMMIT_TOO_SOON);
        }
        commits.set(false);
      }

      @Override
      public void waiting(int partition, int images, long oldestMillis) {
        inHand.get().put(partition, images);
      }

      @Override
      public void switched(ModelRef version) {
        passed(KillPoint.AFTER_THE_SWITCH);
      }

      @Override
      public void drained(int images, long nanos) {
        if (images > 0) {
          passed(KillPoint.AFTER_THE_DRAIN);
        }
      }
    };
  }

  /**
   * Kafka Streams asks the barrier to drain and then commits. Where it makes its consumer by
   * itself, this is how a commit is known of.
   */
  void commitComes() {
    commits.set(true);
  }

  private boolean anyInHand() {
    return inHand.get().values().stream().anyMatch(images -> images > 0);
  }

  private void afterTheCommit() {
    passed(KillPoint.AFTER_THE_COMMIT);
    if (anyInHand()) {
      passed(KillPoint.AFTER_A_COMMIT_TOO_SOON);
    }
  }

  KafkaClients clients() {
    return new KafkaClients() {
      @Override
      public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public void commitTransaction() {
            passed(KillPoint.BEFORE_THE_COMMIT);
            super.commitTransaction();
            afterTheCommit();
          }
        };
      }

      @Override
      public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
            config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
          @Override
          public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            passed(KillPoint.BEFORE_THE_COMMIT);
            super.commitSync(offsets);
            afterTheCommit();
          }
        };
      }
    };
  }
}
