package org.osteon.performance.join;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReading;
import org.osteon.event.Truth;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.performance.join.JoinListener.Kind;
import org.osteon.performance.join.JoinListener.Outcome;

/**
 * Sends each truth to the partition of its study's results, whatever key, partitioner and number of
 * partitions its publisher has; what is no truth ends here.
 *
 * <p><b>Threading.</b> One task.
 */
public final class TruthRouter implements Processor<byte[], byte[], String, byte[]> {
  /**
   * Clocks of two systems are apart, not days: who speaks from the future would never be corrected.
   */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final RegistryRecordReader<Truth> reader;
  private final JoinListener listener;
  private @Nullable ProcessorContext<String, byte[]> context;

  public TruthRouter(RegistryRecordReader<Truth> reader, JoinListener listener) {
    this.reader = reader;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<String, byte[]> at = context;
    if (at == null) {
      return;
    }
    RegistryRecordReader.Reading<Truth> reading = reader.read(record.value());
    Truth truth = reading.value();
    EventReading.Unreadable fault =
        truth == null ? reading.fault() : fault(truth, at.currentSystemTimeMs());
    if (truth != null && fault == null) {
      at.forward(
          new Record<>(
              truth.getStudyInstanceUid(), record.value(), Math.max(0, record.timestamp())));
    } else {
      listener.ended(Kind.TRUTH, Outcome.UNREADABLE);
      listener.unreadable(
          at.recordMetadata().map(JoinProcessor::place).orElse("an unknown place"),
          fault == null ? new EventReading.Unreadable("UNDECODABLE", "Nothing was read.") : fault);
    }
  }

  private static EventReading.@Nullable Unreadable fault(Truth truth, long now) {
    if (!JoinProcessor.isStudy(truth.getStudyInstanceUid())) {
      return new EventReading.Unreadable("NO_STUDY", "It names no Study Instance UID.");
    }
    if (truth.getSaidAt().toEpochMilli() > now + AHEAD.toMillis()) {
      return new EventReading.Unreadable("SAID_IN_THE_FUTURE", "It was said tomorrow or later.");
    }
    return null;
  }
}
