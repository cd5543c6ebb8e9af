package org.osteon.bench.state;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.process.ProcessStatus;
import org.osteon.topology.StreamsPlan;

/**
 * Kafka Streams as the service plans it, and what its process takes.
 *
 * <p><b>Threading.</b> Any.
 */
final class StateStreams implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final Duration RUNNING = Duration.ofMinutes(30);
  private static final Duration CLOSING = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 50;

  private final KafkaStreams streams;
  private final AtomicLong restored = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> death = new AtomicReference<>();

  private StateStreams(Topology topology, Properties properties) {
    streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(
        e -> {
          death.set(e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setGlobalStateRestoreListener(new Counting());
  }

  /** Returns when all is restored and records are processed. */
  static StateStreams start(String servers, Path folder, Topology topology)
      throws InterruptedException {
    Settings defaults = Settings.of(Map.of());
    StreamsPlan plan =
        new StreamsPlan(
            false,
            THREADS,
            defaults.get(ImageKeys.MEMORY_BUDGET_MB),
            MAX_RECORD_BYTES,
            MAX_RECORD_BYTES,
            StateBench.PARTITIONS,
            defaults.get(BatchKeys.BATCH_MAX_DELAY_MS),
            defaults.get(BatchKeys.INFERENCE_TIMEOUT_MS));
    Properties properties = new Properties();
    properties.putAll(plan.properties());
    // An event is a number here: as many are fetched at once as the service fetches images' bytes.
    properties.put("buffered.records.per.partition", "500");
    properties.put("main.consumer.max.poll.records", "1000");
    properties.put("max.task.idle.ms", "-1");
    properties.put("application.id", "osteon-state-bench");
    properties.put("bootstrap.servers", servers);
    properties.put("state.dir", folder.toString());
    StateStreams started = new StateStreams(topology, properties);
    started.streams.start();
    long begun = System.nanoTime();
    while (started.streams.state() != KafkaStreams.State.RUNNING) {
      started.throwIfDead();
      if (System.nanoTime() - begun > RUNNING.toNanos()) {
        throw new OperationFailedException("The stores were not restored in half an hour.");
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return started;
  }

  void throwIfDead() {
    Throwable e = death.get();
    if (e != null) {
      throw new OperationFailedException("A stream thread died: " + e);
    }
  }

  /** Records that were read from changelogs. */
  long restored() {
    return restored.get();
  }

  @Override
  public void close() {
    // As the service does: else the next run waits for this one's session to end.
    streams.close(
        CloseOptions.timeout(CLOSING)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  /** Of this process so far, with what threads of RocksDB and of the JVM took. */
  static long cpuMicros() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1_000;
  }

  /** What lives: after a collection. */
  static long heapMb() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** Heap and everything native, or 0 where Linux does not say. */
  static long residentMb() {
    return ProcessStatus.resident().orElse(0) >> 20;
  }

  private final class Counting implements StateRestoreListener {
    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
      // Counted as they come.
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long to, long records) {
      restored.addAndGet(records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
      // Counted as they came.
    }
  }
}
