package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.metrics.ReplicaMetric;
import org.osteon.metrics.StreamMetric;

/**
 * Counts and times what happens to images in the pipeline.
 *
 * <p><b>Threading.</b> Any.
 */
final class ImageMeters implements PipelineListener {
  private final Counter recognised;
  private final Counter busySeconds;
  private final DistributionSummary batchSizes;
  private final DistributionSummary batchFill;
  private final Timer fetch;
  private final Counter fetchedBytes;
  private final Timer decode;
  private final Timer queue;
  private final Timer inference;
  private final Timer total;
  private final Map<FlushReason, Counter> batches = new EnumMap<>(FlushReason.class);
  private final int maxBatch;

  /**
   * @param maxBatch images of a full batch
   */
  ImageMeters(Meters meters, int maxBatch) {
    this.maxBatch = maxBatch;
    recognised = meters.counter(StreamMetric.RECOGNISED_IMAGES);
    busySeconds = meters.counter(ReplicaMetric.DEVICE_BUSY);
    batchSizes = meters.summary(StreamMetric.BATCH_SIZE);
    batchFill = meters.summary(StreamMetric.BATCH_FILL);
    fetch = meters.timer(StreamMetric.FETCH);
    fetchedBytes = meters.counter(StreamMetric.FETCHED_BYTES);
    decode = meters.timer(StreamMetric.DECODE);
    queue = meters.timer(StreamMetric.QUEUE);
    inference = meters.timer(StreamMetric.INFERENCE);
    total = meters.timer(StreamMetric.IMAGE);
    for (FlushReason leave : FlushReason.values()) {
      batches.put(leave, meters.counter(StreamMetric.BATCHES, leave.name()));
    }
  }

  @Override
  public void fetched(long bytes, long nanos) {
    fetch.record(nanos, TimeUnit.NANOSECONDS);
    fetchedBytes.increment(bytes);
  }

  @Override
  public void recognised() {
    recognised.increment();
  }

  @Override
  public void batchStarted(int size, FlushReason why) {
    Objects.requireNonNull(batches.get(why)).increment();
    batchFill.record((double) size / maxBatch);
  }

  @Override
  public void batchAnswered(int size, long inferenceNanos) {
    batchSizes.record(size);
    inference.record(inferenceNanos, TimeUnit.NANOSECONDS);
    busySeconds.increment(inferenceNanos / 1e9);
  }

  @Override
  public void completed(Outcome outcome) {
    if (outcome instanceof Outcome.Classified classified) {
      ImageTiming timing = classified.timing();
      decode.record(timing.decodeMicros(), TimeUnit.MICROSECONDS);
      queue.record(timing.queueMicros(), TimeUnit.MICROSECONDS);
      total.record(timing.totalMicros(), TimeUnit.MICROSECONDS);
    }
  }
}
