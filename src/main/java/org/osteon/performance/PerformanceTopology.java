package org.osteon.performance;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Performance;
import org.osteon.event.Truth;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.performance.join.JoinListener;
import org.osteon.performance.join.JoinRules;
import org.osteon.performance.join.JoinStores;
import org.osteon.performance.join.OfOrder;
import org.osteon.performance.join.OrderProcessor;
import org.osteon.performance.join.OrderRouter;
import org.osteon.performance.join.ResultProcessor;
import org.osteon.performance.join.Routed;
import org.osteon.performance.join.TruthProcessor;
import org.osteon.performance.join.TruthRouter;
import org.osteon.performance.tally.CaseChange;
import org.osteon.performance.tally.Json;
import org.osteon.performance.tally.TallyListener;
import org.osteon.performance.tally.TallyProcessor;
import org.osteon.performance.tally.TallyRules;
import org.osteon.performance.tally.TallyStores;

/**
 * Results and truths in, figures out.
 *
 * <pre>
 *  truths ─► router ──────────► (by study) ─► truths of a study ─┐  studies, expiry
 *              └─► (by order) ─►  ▲                              │
 *                    ▲    └─ orders of studies                   │
 *  results ─► router ┘                                           │
 *        └──────────────────────────────► results of a study ────┴─► (changes, by version and site)
 *                                                                       └─► tally ─► performance
 * </pre>
 *
 * <p>Changes of cases are whole numbers on an internal topic: each is counted once because all of
 * it is exactly once, and only so; at least once it would be wrong for good.
 *
 * @param names of topics
 * @param readers of values
 * @param figures how figures are written
 * @param join how results and truths meet
 * @param tally how cases are added up
 * @param listeners told of each step
 */
record PerformanceTopology(
    Names names,
    Readers readers,
    Serde<Performance> figures,
    JoinRules join,
    TallyRules tally,
    Listeners listeners) {
  /** Sums are few and small: more partitions would only be more stores. */
  private static final int TALLY_PARTITIONS = 4;

  /**
   * What it is built from.
   *
   * @param resultPartitions partitions of results, which truths are brought to
   */
  record Names(String results, String truths, String performance, int resultPartitions) {}

  /** How values are read. */
  record Readers(
      RegistryRecordReader<ClassificationResult> results, RegistryRecordReader<Truth> truths) {}

  /** Told of each step. */
  record Listeners(JoinListener join, TallyListener tally) {}

  /** Stores on disk, of all partitions. */
  int stores() {
    return JoinStores.builders().size() * names.resultPartitions
        + TallyStores.builders().size() * TALLY_PARTITIONS;
  }

  Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    JoinStores.builders().forEach(builder::addStateStore);
    TallyStores.builders().forEach(builder::addStateStore);
    KStream<byte[], byte[]> results = source(builder, names.results());
    KStream<String, Routed> truths =
        source(builder, names.truths())
            .process(
                () -> new TruthRouter(readers.truths(), listeners.join()),
                Named.as("truth-router"));
    KStream<String, CaseChange> ofResults =
        results.process(
            () -> new ResultProcessor(readers.results(), join, listeners.join()),
            Named.as("results-of-a-study"),
            JoinStores.names());
    KStream<String, CaseChange> ofTruths =
        truths
            .flatMapValues(routed -> listed(routed.ofStudy()), Named.as("truths-with-a-study"))
            .merge(ofOrders(results, truths), Named.as("truths-of-both"))
            .repartition(
                Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                    .withName("truths-by-study")
                    .withNumberOfPartitions(names.resultPartitions()))
            .process(
                () -> new TruthProcessor(readers.truths(), join, listeners.join()),
                Named.as("truths-of-a-study"),
                JoinStores.names());
    ofResults
        .merge(ofTruths, Named.as("changes"))
        .repartition(
            Repartitioned.with(Serdes.String(), Json.serde(CaseChange.class))
                .withName("changes-by-version")
                .withNumberOfPartitions(TALLY_PARTITIONS))
        .process(
            () -> new TallyProcessor(tally, listeners.tally()),
            Named.as("tally"),
            TallyStores.names())
        .to(names.performance(), Produced.with(Serdes.String(), figures).withName("performance"));
    return builder.build();
  }

  /** Truths that name an order alone, once for each of its studies. */
  private KStream<String, byte[]> ofOrders(
      KStream<byte[], byte[]> results, KStream<String, Routed> truths) {
    return truths
        .flatMapValues(routed -> listed(routed.ofOrder()), Named.as("truths-of-an-order"))
        .merge(
            results.process(() -> new OrderRouter(readers.results()), Named.as("order-router")),
            Named.as("orders-of-both"))
        .repartition(
            Repartitioned.with(Serdes.String(), Json.serde(OfOrder.class))
                .withName("by-order")
                .withNumberOfPartitions(names.resultPartitions()))
        .process(
            () -> new OrderProcessor(join, listeners.join()),
            Named.as("orders-of-studies"),
            JoinStores.ofOrders());
  }

  private static <T> List<T> listed(@Nullable T value) {
    return value == null ? List.of() : List.of(value);
  }

  private static KStream<byte[], byte[]> source(StreamsBuilder builder, String topic) {
    return builder.stream(
        topic,
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
            .withOffsetResetPolicy(AutoOffsetReset.earliest())
            // A publisher without a clock stamps -1, at which Kafka Streams would stop.
            .withTimestampExtractor(PerformanceTopology::timestamp));
  }

  private static long timestamp(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }
}
