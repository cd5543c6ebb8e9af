package org.osteon.metrics;

import static org.osteon.metrics.MetricDefinition.of;
import static org.osteon.metrics.MetricLabel.ANSWER;
import static org.osteon.metrics.MetricLabel.DECISION;
import static org.osteon.metrics.MetricLabel.LABEL;
import static org.osteon.metrics.MetricLabel.LEFT;
import static org.osteon.metrics.MetricLabel.ORDER;
import static org.osteon.metrics.MetricLabel.PARTITION;
import static org.osteon.metrics.MetricLabel.REASON;
import static org.osteon.metrics.MetricLabel.SEVERITY;
import static org.osteon.metrics.MetricLabel.STAGE;

/** Of records and images on their way, from the events topic to what is published. */
public enum StreamMetric implements Metric {
  EVENTS(of(MetricKind.COUNTER, "events", "", "Records taken from the events topic.")),
  RESULTS(
      of(
          MetricKind.COUNTER,
          "results",
          "",
          "Results published, those published again for a repeated event included.",
          LABEL,
          DECISION)),
  DEAD_LETTERS(
      of(MetricKind.COUNTER, "dead.letters", "", "Dead letters published.", STAGE, REASON)),
  IN_FLIGHT(of(MetricKind.GAUGE, "in.flight", "", "Records taken and not yet answered.")),
  REPEATS(
      of(
          MetricKind.COUNTER,
          "repeats",
          "",
          "Events that were answered before; a republished one counts as a result too.",
          ANSWER)),
  RECOGNISED_IMAGES(
      of(
          MetricKind.COUNTER,
          "recognised.images",
          "",
          "Images whose digest was answered before, so that the model was not asked.")),
  OLDEST_IMAGE_AGE(
      of(
          MetricKind.GAUGE,
          "oldest.image.age",
          "seconds",
          "Age of the oldest record that this replica has taken and not answered, by the record's timestamp; where it has taken none of a partition with backlog, how long that has been so. 0 with nothing to do.")),
  BACKLOG(
      of(
          MetricKind.GAUGE,
          "backlog",
          "",
          "Records of a partition that its consumer has not fetched, and those in flight. Markers of transactions are not counted; what Kafka Streams holds in between (buffered.records.per.partition at most) is not either.",
          PARTITION)),
  QUEUE(
      of(
          MetricKind.TIMER,
          "queue",
          "seconds",
          "An image's wait, for a decoder and in a batch.",
          Buckets.LATENCY)),
  FETCH(
      of(
          MetricKind.TIMER,
          "fetch",
          "seconds",
          "Fetching one image that came by reference.",
          Buckets.LATENCY)),
  FETCHED_BYTES(of(MetricKind.COUNTER, "fetched", "bytes", "Bytes of images that were fetched.")),
  DECODE(
      of(MetricKind.TIMER, "decode", "seconds", "Decoding and resizing one image.", Buckets.CALL)),
  INFERENCE(of(MetricKind.TIMER, "inference", "seconds", "One call of the model.", Buckets.CALL)),
  IMAGE(
      of(
          MetricKind.TIMER,
          "image",
          "seconds",
          "From handing an image to the pipeline to its outcome.",
          Buckets.LATENCY)),
  END_TO_END(
      of(
          MetricKind.TIMER,
          "end.to.end",
          "seconds",
          "From the record's timestamp to its result or dead letter on the way to the broker; under exactly-once readers see it after the next commit.",
          Buckets.LATENCY)),
  BATCH_SIZE(
      of(MetricKind.SUMMARY, "batch.size", "", "Images in one call of the model.", Buckets.SIZES)),
  BATCH_FILL(
      of(
          MetricKind.SUMMARY,
          "batch.fill",
          "ratio",
          "Images in a batch over batch.max.size.",
          Buckets.SHARES)),
  BATCHES(of(MetricKind.COUNTER, "batches", "", "Batches that left for the device, by why.", LEFT)),
  DRAIN(
      of(
          MetricKind.TIMER,
          "drain",
          "seconds",
          "Waiting, before a commit, for all pending.",
          Buckets.CALL)),
  COMMITS(
      of(
          MetricKind.COUNTER,
          "commits",
          "",
          "Commits of a task that were prepared: everything pending was forwarded.")),
  ASSESSMENTS(of(MetricKind.COUNTER, "assessments", "", "Verdicts of studies published.")),
  ORDERS(
      of(
          MetricKind.COUNTER,
          "orders",
          "",
          "Copies of orders taken from their topic, one for each partition.",
          ORDER)),
  ALERTS(of(MetricKind.COUNTER, "alerts", "", "Alerts published.", SEVERITY));

  private final MetricDefinition definition;

  StreamMetric(MetricDefinition definition) {
    this.definition = definition;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
