package org.osteon.metrics;

import static org.osteon.metrics.MetricLabel.ANSWER;
import static org.osteon.metrics.MetricLabel.DECISION;
import static org.osteon.metrics.MetricLabel.LABEL;
import static org.osteon.metrics.MetricLabel.LEFT;
import static org.osteon.metrics.MetricLabel.ORDER;
import static org.osteon.metrics.MetricLabel.PARTITION;
import static org.osteon.metrics.MetricLabel.REASON;
import static org.osteon.metrics.MetricLabel.SEVERITY;
import static org.osteon.metrics.MetricLabel.STAGE;

import java.util.List;

/** Of records and images on their way, from the events topic to what is published. */
public enum StreamMetric implements Metric {
  EVENTS(MetricKind.COUNTER, "events", "", "Records taken from the events topic."),
  RESULTS(
      MetricKind.COUNTER,
      "results",
      "",
      "Results published, those published again for a repeated event included.",
      LABEL,
      DECISION),
  DEAD_LETTERS(MetricKind.COUNTER, "dead.letters", "", "Dead letters published.", STAGE, REASON),
  IN_FLIGHT(MetricKind.GAUGE, "in.flight", "", "Records taken and not yet answered."),
  REPEATS(
      MetricKind.COUNTER,
      "repeats",
      "",
      "Events that were answered before; a republished one counts as a result too.",
      ANSWER),
  RECOGNISED_IMAGES(
      MetricKind.COUNTER,
      "recognised.images",
      "",
      "Images whose digest was answered before, so that the model was not asked."),
  OLDEST_IMAGE_AGE(
      MetricKind.GAUGE,
      "oldest.image.age",
      "seconds",
      "Age of the oldest record that this replica has taken and not answered, by the record's timestamp; where it has taken none of a partition with backlog, how long that has been so. 0 with nothing to do."),
  BACKLOG(
      MetricKind.GAUGE,
      "backlog",
      "",
      "Records of a partition that its consumer has not fetched, and those in flight. Markers of transactions are not counted; what Kafka Streams holds in between (buffered.records.per.partition at most) is not either.",
      PARTITION),
  QUEUE(
      MetricKind.TIMER,
      "queue",
      "seconds",
      "An image's wait, for a decoder and in a batch.",
      Buckets.LATENCY),
  FETCH(
      MetricKind.TIMER,
      "fetch",
      "seconds",
      "Fetching one image that came by reference.",
      Buckets.LATENCY),
  FETCHED_BYTES(MetricKind.COUNTER, "fetched", "bytes", "Bytes of images that were fetched."),
  DECODE(MetricKind.TIMER, "decode", "seconds", "Decoding and resizing one image.", Buckets.CALL),
  INFERENCE(MetricKind.TIMER, "inference", "seconds", "One call of the model.", Buckets.CALL),
  IMAGE(
      MetricKind.TIMER,
      "image",
      "seconds",
      "From handing an image to the pipeline to its outcome.",
      Buckets.LATENCY),
  END_TO_END(
      MetricKind.TIMER,
      "end.to.end",
      "seconds",
      "From the record's timestamp to its result or dead letter on the way to the broker; under exactly-once readers see it after the next commit.",
      Buckets.LATENCY),
  BATCH_SIZE(
      MetricKind.SUMMARY, "batch.size", "", "Images in one call of the model.", Buckets.SIZES),
  BATCH_FILL(
      MetricKind.SUMMARY,
      "batch.fill",
      "ratio",
      "Images in a batch over batch.max.size.",
      Buckets.SHARES),
  BATCHES(MetricKind.COUNTER, "batches", "", "Batches that left for the device, by why.", LEFT),
  DRAIN(
      MetricKind.TIMER,
      "drain",
      "seconds",
      "Waiting, before a commit, for all pending.",
      Buckets.CALL),
  COMMITS(
      MetricKind.COUNTER,
      "commits",
      "",
      "Commits of a task that were prepared: everything pending was forwarded."),
  ASSESSMENTS(MetricKind.COUNTER, "assessments", "", "Verdicts of studies published."),
  ORDERS(
      MetricKind.COUNTER,
      "orders",
      "",
      "Copies of orders taken from their topic, one for each partition.",
      ORDER),
  ALERTS(MetricKind.COUNTER, "alerts", "", "Alerts published.", SEVERITY);

  private final MetricDefinition definition;

  StreamMetric(MetricKind kind, String name, String unit, String meaning, MetricLabel... labels) {
    this(kind, name, unit, meaning, Buckets.NONE, labels);
  }

  StreamMetric(
      MetricKind kind,
      String name,
      String unit,
      String meaning,
      List<Double> buckets,
      MetricLabel... labels) {
    definition = new MetricDefinition(kind, name, unit, meaning, buckets, List.of(labels));
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
