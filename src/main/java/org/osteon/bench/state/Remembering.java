package org.osteon.bench.state;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome;
import org.osteon.event.ClassificationResult;
import org.osteon.image.ImageInfo;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.commit.CommitBarrierBuilder;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.RecordBytes;
import org.osteon.topology.seen.Deduplication;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.seen.SeenEvents;
import org.osteon.topology.study.StudyProcessor;
import org.osteon.topology.study.StudySettings;
import org.osteon.topology.study.StudyStates;

/**
 * The service's two processors that keep state, in its places: each record is the number of an
 * event, whose answer is made up here. What would be published goes nowhere.
 *
 * <p><b>Threading.</b> Counts may be read by any thread.
 */
final class Remembering {
  private final BusyDay day;
  private final DeduplicationSettings duplicates;
  private final StudySettings studies;
  final AtomicLong done = new AtomicLong();
  final AtomicLong recognised = new AtomicLong();

  Remembering(BusyDay day, DeduplicationSettings duplicates, StudySettings studies) {
    this.day = day;
    this.duplicates = duplicates;
    this.studies = studies;
  }

  Topology topology(String events) {
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            "events",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            events)
        .addProcessor("answer", Answering::new, "events")
        .addProcessor(
            "assess", () -> new StudyProcessor(studies, TopologyListener.NONE, day), "answer")
        .addStateStore(new CommitBarrierBuilder(CommitBarrier::new), "answer", "assess")
        .addStateStore(SeenEvents.builder(), "answer")
        .addStateStore(StudyStates.builder(), "assess")
        .addStateStore(StudyStates.open(), "assess")
        .addProcessor(StudyProcessor.STUDIES, Nowhere::new, "assess")
        .addProcessor(StudyProcessor.ALERTS, Nowhere::new, "assess");
  }

  private final class Answering implements Processor<byte[], byte[], byte[], ClassificationResult> {
    private @Nullable ProcessorContext<byte[], ClassificationResult> context;
    private @Nullable CommitBarrier barrier;
    private @Nullable Deduplication deduplication;

    @Override
    public void init(ProcessorContext<byte[], ClassificationResult> processorContext) {
      context = processorContext;
      CommitBarrier commits = processorContext.getStateStore(CommitBarrier.NAME);
      commits.attach(processorContext, () -> {});
      barrier = commits;
      deduplication =
          new Deduplication(
              new SeenEvents(processorContext.getStateStore(SeenEvents.NAME), duplicates, day),
              duplicates,
              model -> true);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (context == null || barrier == null || deduplication == null) {
        throw new IllegalStateException("The processor is not initialised.");
      }
      long n = ByteBuffer.wrap(record.value()).getLong();
      day.arrived(n);
      EventFacts event = BusyDay.event(n);
      Object image = BusyDay.image(n);
      Pending item =
          new Pending(
              record, barrier.origin(), event, RecordBytes.order(record, event.studyInstanceUid()));
      if (deduplication.answered(item, event, image) != null) {
        recognised.incrementAndGet();
      } else {
        ClassificationResult result = day.result(n, event);
        item.ending = new Pending.Ending.Piped(outcome(result));
        deduplication.ended(item, result, (twin, ending) -> {});
        context.forward(new Record<>(record.key(), result, record.timestamp()));
      }
      done.incrementAndGet();
    }

    private Outcome outcome(ClassificationResult result) {
      return new Outcome.Classified(
          new float[0],
          null,
          new ImageInfo("image/jpeg", 1000, 1000),
          result.getImage().getSha256(),
          new ImageTiming(0, 0, 0, 0),
          1);
    }
  }

  private static final class Nowhere implements Processor<byte[], SpecificRecord, Void, Void> {
    @Override
    public void process(Record<byte[], SpecificRecord> record) {
      // Verdicts and alerts are no state.
    }
  }
}
