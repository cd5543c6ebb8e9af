package org.osteon.topology;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.osteon.batch.BatchPipeline;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventReader;

/**
 * Events in, results and dead letters out.
 *
 * <p>The source hands over bytes: whatever is wrong with them becomes a dead letter in the
 * processor, not an exception in a deserializer.
 */
public final class ClassifyTopology {
  private ClassifyTopology() {}

  /**
   * What the topology is built from.
   *
   * @param events name of the topic of events
   * @param results name of the topic of results
   * @param deadLetters name of the topic of dead letters
   * @param applicationId the service's, named in dead letters
   * @param maxDeadLetterBytes the largest record that the dead-letter topic takes
   */
  public record Names(
      String events,
      String results,
      String deadLetters,
      String applicationId,
      int maxDeadLetterBytes) {}

  /**
   * Builds the topology.
   *
   * @param barriers makes the commit barrier of each task
   */
  public static Topology build(
      Names names,
      BatchPipeline pipeline,
      EventReader reader,
      ModelTerms model,
      Serializer<ClassificationResult> resultSerializer,
      Serializer<DeadLetter> deadLetterSerializer,
      ClassifySettings settings,
      TopologyListener listener,
      Supplier<CommitBarrier> barriers,
      Clock clock) {
    Endings endings =
        new Endings(
            new Results(model, clock),
            new DeadLetters(
                names.applicationId(),
                model.identity().getVersion(),
                names.maxDeadLetterBytes(),
                clock),
            listener);
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            "events",
            // A publisher without a clock stamps -1, at which Kafka Streams would stop.
            (record, partitionTime) ->
                record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            names.events())
        .addProcessor(
            "classify",
            () -> new ClassifyProcessor(pipeline, reader, endings, settings, listener),
            "events")
        .addStateStore(new CommitBarrierBuilder(barriers), "classify")
        .addSink(
            ClassifyProcessor.RESULTS,
            names.results(),
            new ByteArraySerializer(),
            resultSerializer,
            "classify")
        .addSink(
            ClassifyProcessor.DEAD_LETTERS,
            names.deadLetters(),
            new ByteArraySerializer(),
            deadLetterSerializer,
            "classify");
  }
}
