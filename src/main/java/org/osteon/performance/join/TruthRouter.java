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
 * Sends each truth to the partition of its study's results, or of its order where it names no
 * study, whatever key, partitioner and number of partitions its publisher has; what is no truth
 * ends here.
 *
 * <p><b>Threading.</b> One task.
 */
public final class TruthRouter implements Processor<byte[], byte[], String, Routed> {
  /**
   * Clocks of two systems are apart, not days: who speaks from the future would never be corrected.
   */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final RegistryRecordReader<Truth> reader;
  private final JoinListener listener;
  private @Nullable ProcessorContext<String, Routed> context;

  public TruthRouter(RegistryRecordReader<Truth> reader, JoinListener listener) {
    this.reader = reader;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<String, Routed> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<String, Routed> at = context;
    if (at == null) {
      return;
    }
    RegistryRecordReader.Reading<Truth> reading = reader.read(record.value());
    Truth truth = reading.value();
    EventReading.Unreadable fault =
        truth == null ? reading.fault() : fault(truth, at.currentSystemTimeMs());
    if (truth != null && fault == null) {
      at.forward(routed(truth, record, at));
    } else {
      listener.ended(Kind.TRUTH, Outcome.UNREADABLE);
      listener.unreadable(
          at.recordMetadata().map(JoinProcessor::place).orElse("an unknown place"),
          fault == null ? new EventReading.Unreadable("UNDECODABLE", "Nothing was read.") : fault);
    }
  }

  private static Record<String, Routed> routed(
      Truth truth, Record<byte[], byte[]> record, ProcessorContext<String, Routed> at) {
    long time = Math.max(0, record.timestamp());
    String accession = truth.getAccessionNumber();
    if (JoinProcessor.isStudy(truth.getStudyInstanceUid()) || accession == null) {
      return new Record<>(truth.getStudyInstanceUid(), new Routed(record.value(), null), time);
    }
    long published = JoinProcessor.bounded(truth.getPublishedAt().toEpochMilli(), at);
    OfOrder ofOrder = OfOrder.found(Said.of(truth), record.value(), published);
    return new Record<>(accession, new Routed(null, ofOrder), time);
  }

  private static EventReading.@Nullable Unreadable fault(Truth truth, long now) {
    boolean named =
        truth.getStudyInstanceUid().isEmpty()
            ? JoinProcessor.isOrder(truth.getAccessionNumber())
            : JoinProcessor.isStudy(truth.getStudyInstanceUid());
    if (!named) {
      return new EventReading.Unreadable(
          "NO_STUDY", "It names neither a Study Instance UID nor an accession number.");
    }
    if (truth.getSaidAt().toEpochMilli() > now + AHEAD.toMillis()) {
      return new EventReading.Unreadable("SAID_IN_THE_FUTURE", "It was said tomorrow or later.");
    }
    return null;
  }
}
