package org.osteon.topology;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventReader;
import org.osteon.event.StudyAssessment;

/**
 * Events in, results, dead letters, assessments of studies and alerts out.
 *
 * <p>One sub-topology, so one task and one transaction for all that comes of an event.
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
   * @param studies name of the topic of assessments
   * @param alerts name of the topic of alerts
   * @param applicationId the service's, named in dead letters
   * @param maxDeadLetterBytes the largest record that the dead-letter topic takes
   */
  public record Names(
      String events,
      String results,
      String deadLetters,
      String studies,
      String alerts,
      String applicationId,
      int maxDeadLetterBytes) {}

  /** How values are written. */
  public record Writers(
      Serializer<ClassificationResult> results,
      Serializer<DeadLetter> deadLetters,
      Serializer<StudyAssessment> studies,
      Serializer<Alert> alerts) {}

  /**
   * Builds the topology.
   *
   * @param barriers makes the commit barrier of each task
   */
  public static Topology build(
      Names names,
      Lanes lanes,
      EventReader reader,
      ModalityPolicy modalities,
      Writers writers,
      ClassifySettings settings,
      RepeatSettings repeats,
      StudySettings studies,
      TopologyListener listener,
      Traces traces,
      Supplier<CommitBarrier> barriers,
      Clock clock) {
    Endings endings =
        new Endings(
            new Results(modalities, clock),
            new DeadLetters(names.applicationId(), names.maxDeadLetterBytes(), clock),
            lanes,
            listener);
    Triage triage = new Triage(lanes::termsOf, studies.urgent(), studies.critical());
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
            () ->
                new ClassifyProcessor(
                    lanes, reader, endings, settings, repeats, modalities, clock, listener, traces),
            "events")
        .addProcessor(
            ClassifyProcessor.ASSESS,
            () -> new StudyProcessor(studies, triage, listener, clock),
            "classify")
        .addStateStore(new CommitBarrierBuilder(barriers), "classify", ClassifyProcessor.ASSESS)
        .addStateStore(SeenEvents.builder(), "classify")
        .addStateStore(StudyStates.builder(), ClassifyProcessor.ASSESS)
        .addSink(
            ClassifyProcessor.RESULTS,
            names.results(),
            new ByteArraySerializer(),
            writers.results(),
            "classify")
        .addSink(
            ClassifyProcessor.DEAD_LETTERS,
            names.deadLetters(),
            new ByteArraySerializer(),
            writers.deadLetters(),
            "classify")
        .addSink(
            StudyProcessor.STUDIES,
            names.studies(),
            new ByteArraySerializer(),
            writers.studies(),
            ClassifyProcessor.ASSESS)
        .addSink(
            StudyProcessor.ALERTS,
            names.alerts(),
            new ByteArraySerializer(),
            writers.alerts(),
            ClassifyProcessor.ASSESS);
  }
}
