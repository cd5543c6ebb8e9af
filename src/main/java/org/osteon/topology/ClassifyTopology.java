package org.osteon.topology;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventReader;
import org.osteon.event.StudyAssessment;
import org.osteon.topology.classify.ClassifyParts;
import org.osteon.topology.classify.ClassifyProcessor;
import org.osteon.topology.classify.ClassifySettings;
import org.osteon.topology.classify.DeadLetters;
import org.osteon.topology.classify.EventBounds;
import org.osteon.topology.classify.Forwarding;
import org.osteon.topology.classify.ModalityPolicy;
import org.osteon.topology.classify.RecordOutputs;
import org.osteon.topology.classify.Results;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.commit.CommitBarrierBuilder;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.listen.Traces;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.Triage;
import org.osteon.topology.order.OrderBook;
import org.osteon.topology.order.OrderSettings;
import org.osteon.topology.owner.OwnerLog;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.seen.SeenEvents;
import org.osteon.topology.study.OrderProcessor;
import org.osteon.topology.study.StudiesByAccession;
import org.osteon.topology.study.StudyProcessor;
import org.osteon.topology.study.StudySettings;
import org.osteon.topology.study.StudyStates;

/**
 * Events in, results, dead letters, assessments of studies and alerts out.
 *
 * <p>One sub-topology, so one task and one transaction for all that comes of an event.
 *
 * <p>The source hands over bytes: whatever is wrong with them becomes a dead letter in the
 * processor, not an exception in a deserializer.
 *
 * @param names of topics
 * @param writers of values
 * @param rules what is done with a record
 * @param observers told of each step
 * @param barriers makes the commit barrier of each task
 * @param clock the service's own
 */
public record ClassifyTopology(
    Names names,
    Writers writers,
    Rules rules,
    Observers observers,
    Supplier<CommitBarrier> barriers,
    Clock clock) {
  /** Of each partition: seen events and studies. */
  static final int STORES_ON_DISK = 2;

  /** Where orders are joined: these as well, and studies by accession number. */
  static final int STORES_ON_DISK_WITH_ORDERS = STORES_ON_DISK + 2;

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
   * What is done with a record.
   *
   * @param bounds of what an event may say
   * @param classify how the processor waits and commits
   * @param modalities what is taken for a radiograph
   * @param deduplication what becomes of an event that was seen before
   * @param studies how studies are assessed and kept
   * @param triage from probabilities to findings
   * @param orders that are joined to images; null where none are
   */
  public record Rules(
      EventBounds bounds,
      ClassifySettings classify,
      ModalityPolicy modalities,
      DeduplicationSettings deduplication,
      StudySettings studies,
      Triage triage,
      @Nullable OrderSettings orders) {}

  /**
   * Told of each step.
   *
   * @param listener of records
   * @param traces of records
   * @param owners where it is said who has which partition
   */
  public record Observers(TopologyListener listener, Traces traces, OwnerLog owners) {}

  /**
   * Builds the topology.
   *
   * @param models that answer
   * @param reader of events
   */
  public Topology build(ActiveModels models, EventReader reader) {
    RecordOutputs outputs =
        new RecordOutputs(
            new Results(rules.modalities, rules.triage, clock),
            new DeadLetters(names.applicationId(), names.maxDeadLetterBytes(), clock),
            models,
            observers.listener);
    ClassifyParts parts =
        new ClassifyParts(
            models,
            reader,
            rules.bounds,
            outputs,
            rules.classify,
            rules.deduplication,
            rules.modalities,
            rules.orders != null,
            observers.owners,
            observers.listener,
            observers.traces,
            clock);
    Topology topology =
        new Topology()
            .addSource(
                AutoOffsetReset.earliest(),
                "events",
                // A publisher without a clock stamps -1, at which Kafka Streams would stop.
                (record, partitionTime) ->
                    record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names.events())
            .addProcessor("classify", () -> new ClassifyProcessor(parts), "events")
            .addProcessor(
                Forwarding.ASSESS,
                () -> new StudyProcessor(rules.studies, observers.listener, clock),
                "classify")
            .addStateStore(new CommitBarrierBuilder(barriers), "classify", Forwarding.ASSESS)
            .addStateStore(SeenEvents.builder(), "classify")
            .addStateStore(StudyStates.builder(), Forwarding.ASSESS)
            .addStateStore(StudyStates.open(), Forwarding.ASSESS)
            .addSink(
                Forwarding.RESULTS,
                names.results(),
                new ByteArraySerializer(),
                writers.results(),
                "classify")
            .addSink(
                Forwarding.DEAD_LETTERS,
                names.deadLetters(),
                new ByteArraySerializer(),
                writers.deadLetters(),
                "classify")
            .addSink(
                StudyProcessor.STUDIES,
                names.studies(),
                new ByteArraySerializer(),
                writers.studies(),
                Forwarding.ASSESS)
            .addSink(
                StudyProcessor.ALERTS,
                names.alerts(),
                new ByteArraySerializer(),
                writers.alerts(),
                Forwarding.ASSESS);
    if (rules.orders != null) {
      withOrders(topology, rules.orders);
    }
    return topology;
  }

  /**
   * A second source of the same task: orders lie on all partitions, so no image has to move for
   * them. They touch no image that is on its way, so the commit barrier has nothing to do with
   * them.
   */
  private void withOrders(Topology topology, OrderSettings orders) {
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            "orders",
            OrderSettings::before,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            orders.topic())
        .addProcessor(
            OrderProcessor.NAME,
            () ->
                new OrderProcessor(orders, rules.studies.exactlyOnce(), observers.listener, clock),
            "orders")
        .addStateStore(OrderBook.builder(), "classify", Forwarding.ASSESS, OrderProcessor.NAME)
        .addStateStore(StudiesByAccession.builder(), Forwarding.ASSESS, OrderProcessor.NAME)
        .connectProcessorAndStateStores(OrderProcessor.NAME, StudyStates.NAME)
        .addSink(
            OrderProcessor.STUDIES,
            names.studies(),
            new ByteArraySerializer(),
            writers.studies(),
            OrderProcessor.NAME);
  }
}
