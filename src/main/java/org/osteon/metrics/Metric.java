package org.osteon.metrics;

import static org.osteon.metrics.MetricLabel.ANSWER;
import static org.osteon.metrics.MetricLabel.CHANGE;
import static org.osteon.metrics.MetricLabel.DECISION;
import static org.osteon.metrics.MetricLabel.DEVICE;
import static org.osteon.metrics.MetricLabel.FACILITY;
import static org.osteon.metrics.MetricLabel.FATE;
import static org.osteon.metrics.MetricLabel.FEATURE;
import static org.osteon.metrics.MetricLabel.LABEL;
import static org.osteon.metrics.MetricLabel.LEFT;
import static org.osteon.metrics.MetricLabel.NAME;
import static org.osteon.metrics.MetricLabel.ORDER;
import static org.osteon.metrics.MetricLabel.OUTCOME;
import static org.osteon.metrics.MetricLabel.PARTITION;
import static org.osteon.metrics.MetricLabel.PRECISION;
import static org.osteon.metrics.MetricLabel.REASON;
import static org.osteon.metrics.MetricLabel.SEVERITY;
import static org.osteon.metrics.MetricLabel.SHA256;
import static org.osteon.metrics.MetricLabel.SHADOW_DECISION;
import static org.osteon.metrics.MetricLabel.SHADOW_LABEL;
import static org.osteon.metrics.MetricLabel.SHADOW_VERSION;
import static org.osteon.metrics.MetricLabel.STAGE;
import static org.osteon.metrics.MetricLabel.VERSION;

import java.util.Arrays;
import java.util.List;

/**
 * Every metric that Osteon itself exports. {@code docs/metrics.md} is made from this enum, and a
 * test holds a running service to it. Beside these there are those of Kafka's clients, of Kafka
 * Streams and of the JVM, by Micrometer's binders.
 *
 * <p>Within one process since it started: events = results + dead letters + dropped repeats + in
 * flight.
 */
public enum Metric {
  EVENTS(Kind.COUNTER, "events", "", "Records taken from the events topic."),
  RESULTS(
      Kind.COUNTER,
      "results",
      "",
      "Results published, those published again for a repeated event included.",
      LABEL,
      DECISION),
  DEAD_LETTERS(Kind.COUNTER, "dead.letters", "", "Dead letters published.", STAGE, REASON),
  IN_FLIGHT(Kind.GAUGE, "in.flight", "", "Records taken and not yet answered."),
  REPEATS(
      Kind.COUNTER,
      "repeats",
      "",
      "Events that were answered before; a republished one counts as a result too.",
      ANSWER),
  RECOGNISED_IMAGES(
      Kind.COUNTER,
      "recognised.images",
      "",
      "Images whose digest was answered before, so that the model was not asked."),
  OLDEST_IMAGE_AGE(
      Kind.GAUGE,
      "oldest.image.age",
      "seconds",
      "Age of the oldest record that this replica has taken and not answered, by the record's timestamp; where it has taken none of a partition with backlog, how long that has been so. 0 with nothing to do."),
  BACKLOG(
      Kind.GAUGE,
      "backlog",
      "",
      "Records of a partition that its consumer has not fetched, and those in flight. Markers of transactions are not counted; what Kafka Streams holds in between (buffered.records.per.partition at most) is not either.",
      PARTITION),
  QUEUE(
      Kind.TIMER,
      "queue",
      "seconds",
      "An image's wait, for a decoder and in a batch.",
      Buckets.LATENCY),
  FETCH(
      Kind.TIMER,
      "fetch",
      "seconds",
      "Fetching one image that came by reference.",
      Buckets.LATENCY),
  FETCHED_BYTES(Kind.COUNTER, "fetched", "bytes", "Bytes of images that were fetched."),
  DECODE(Kind.TIMER, "decode", "seconds", "Decoding and resizing one image.", Buckets.CALL),
  INFERENCE(Kind.TIMER, "inference", "seconds", "One call of the model.", Buckets.CALL),
  IMAGE(
      Kind.TIMER,
      "image",
      "seconds",
      "From handing an image to the pipeline to its outcome.",
      Buckets.LATENCY),
  END_TO_END(
      Kind.TIMER,
      "end.to.end",
      "seconds",
      "From the record's timestamp to its result or dead letter on the way to the broker; under exactly-once readers see it after the next commit.",
      Buckets.LATENCY),
  BATCH_SIZE(Kind.SUMMARY, "batch.size", "", "Images in one call of the model.", Buckets.SIZES),
  BATCH_FILL(
      Kind.SUMMARY,
      "batch.fill",
      "ratio",
      "Images in a batch over batch.max.size.",
      Buckets.SHARES),
  BATCHES(Kind.COUNTER, "batches", "", "Batches that left for the device, by why.", LEFT),
  DEVICE_BUSY(
      Kind.COUNTER,
      "device.busy.seconds",
      "",
      "Seconds that inference threads spent in the model. Its rate over osteon_inference_threads is the busy share of the device."),
  INFERENCE_THREADS(Kind.GAUGE, "inference.threads", "", "Threads that call the model."),
  DEVICE_MEMORY_USED(
      Kind.GAUGE,
      "device.memory.used",
      "bytes",
      "Memory of the GPU that is in use, by whomever; only on a GPU."),
  DEVICE_MEMORY_MAX(Kind.GAUGE, "device.memory.max", "bytes", "Memory of the GPU; only on a GPU."),
  RESIDENT_MEMORY(
      Kind.GAUGE,
      "resident.memory",
      "bytes",
      "Memory of the process as the kernel counts it: Java's heap, the engine's and the decoders' native memory."),
  NATIVE_MEMORY(
      Kind.GAUGE,
      "native.memory",
      "bytes",
      "Resident memory less what the JVM's own pools hold: about what engine and decoders take."),
  DRAIN(Kind.TIMER, "drain", "seconds", "Waiting, before a commit, for all pending.", Buckets.CALL),
  COMMITS(
      Kind.COUNTER,
      "commits",
      "",
      "Commits of a task that were prepared: everything pending was forwarded."),
  REBALANCES(
      Kind.COUNTER, "rebalances", "", "Times that Kafka Streams left RUNNING for REBALANCING."),
  ASSESSMENTS(Kind.COUNTER, "assessments", "", "Verdicts of studies published."),
  ORDERS(
      Kind.COUNTER,
      "orders",
      "",
      "Copies of orders taken from their topic, one for each partition.",
      ORDER),
  ALERTS(Kind.COUNTER, "alerts", "", "Alerts published.", SEVERITY),
  CONFIDENCE(
      Kind.SUMMARY,
      "confidence",
      "ratio",
      "The calibrated probability of the label of each result.",
      Buckets.SHARES),
  MODEL(
      Kind.GAUGE,
      "model",
      "",
      "1 for the version that answers.",
      NAME,
      VERSION,
      SHA256,
      PRECISION,
      DEVICE),
  MODEL_SWITCHES(
      Kind.COUNTER,
      "model.switches",
      "",
      "Versions that were deployed while it ran: switched to, or refused.",
      OUTCOME),
  SHADOW_MODEL(
      Kind.GAUGE,
      "shadow.model",
      "",
      "1 for the version that runs as the shadow; absent where none does.",
      NAME,
      VERSION,
      SHA256),
  SHADOW_CHANGES(
      Kind.COUNTER,
      "shadow.changes",
      "",
      "Versions deployed as SHADOW: begun with, refused, or given up because they hung, crashed or failed on everything.",
      CHANGE),
  SHADOW_IMAGES(
      Kind.COUNTER,
      "shadow.images",
      "",
      "Images of the shadow's share: compared, dropped because the shadow was behind or the device busy, or failed by the shadow.",
      FATE),
  SHADOW_LABELS(
      Kind.COUNTER,
      "shadow.labels",
      "",
      "Images that both versions answered, by what each said. The pairs of equal labels over all is the agreement. It begins anew when either version changes, as all that follow.",
      VERSION,
      SHADOW_VERSION,
      LABEL,
      SHADOW_LABEL),
  SHADOW_DECISIONS(
      Kind.COUNTER,
      "shadow.decisions",
      "",
      "The same, by what each decided.",
      VERSION,
      SHADOW_VERSION,
      DECISION,
      SHADOW_DECISION),
  SHADOW_CONFIDENCE(
      Kind.SUMMARY,
      "shadow.confidence",
      "ratio",
      "Confidence of the shadow version on the images compared.",
      Buckets.SHARES,
      VERSION,
      SHADOW_VERSION),
  SHADOW_ACTIVE_CONFIDENCE(
      Kind.SUMMARY,
      "shadow.active.confidence",
      "ratio",
      "Confidence of the active version on the same images; the difference of the means is the drift.",
      Buckets.SHARES,
      VERSION,
      SHADOW_VERSION),
  SHADOW_ABNORMAL_CHANGE(
      Kind.SUMMARY,
      "shadow.abnormal.change",
      "ratio",
      "How far the two versions' probabilities of anything but healthy lie apart.",
      Buckets.CHANGES,
      VERSION,
      SHADOW_VERSION),
  CANARY_MODEL(
      Kind.GAUGE,
      "canary.model",
      "",
      "Share of the studies that a version on trial answers here; absent where none does.",
      NAME,
      VERSION,
      SHA256),
  CANARY_CHANGES(
      Kind.COUNTER,
      "canary.changes",
      "",
      "Versions deployed as CANARY: begun with, refused (the active one answers everything), and withdrawn or promoted by this replica.",
      CHANGE),
  CANARY_IMAGES(
      Kind.COUNTER,
      "canary.images",
      "",
      "Images of the canary's studies: answered by it, failed or held for too long (answered by the active version), or not asked of it because it had no room or is on trial no longer.",
      FATE),
  INPUT_DRIFT(
      Kind.GAUGE,
      "input.drift",
      "",
      "How far the last images (drift.window) lie from what the running version was made from: the population stability index of a feature. Below 0.1 the same, above 0.25 another population. NaN until a quarter of the window is there, and for a version without a reference.",
      FEATURE),
  INPUT_DRIFT_IMAGES(
      Kind.GAUGE, "input.drift.images", "", "Images that it was worked out from.", FEATURE),
  FACILITY_DRIFT(
      Kind.GAUGE,
      "input.drift.by.facility",
      "",
      "The same index of one facility's last images (drift.window) on this replica.",
      FEATURE,
      FACILITY),
  FACILITY_DRIFT_IMAGES(
      Kind.GAUGE,
      "input.drift.by.facility.images",
      "",
      "Images that it was worked out from.",
      FEATURE,
      FACILITY),
  READY(Kind.GAUGE, "ready", "", "1 while /readyz says so, else 0."),
  ALIVE(Kind.GAUGE, "alive", "", "1 while /livez says so, else 0.");

  private static final String PREFIX = "osteon.";

  private final Kind kind;
  private final String name;
  private final String unit;
  private final String meaning;
  private final List<Double> buckets;
  private final List<MetricLabel> labels;

  Metric(Kind kind, String name, String unit, String meaning, MetricLabel... labels) {
    this(kind, name, unit, meaning, Buckets.NONE, labels);
  }

  Metric(
      Kind kind,
      String name,
      String unit,
      String meaning,
      List<Double> buckets,
      MetricLabel... labels) {
    this.kind = kind;
    this.name = name;
    this.unit = unit;
    this.meaning = meaning;
    this.buckets = buckets;
    this.labels = List.of(labels);
  }

  /** What kind of number it is. */
  public enum Kind {
    COUNTER,
    GAUGE,
    /** A histogram of seconds. */
    TIMER,
    /** A histogram. */
    SUMMARY
  }

  public Kind kind() {
    return kind;
  }

  /** As Micrometer names it, {@code osteon.dead.letters}. */
  public String id() {
    return PREFIX + name;
  }

  /** Unit of the value; empty where it is a plain number. */
  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  public List<MetricLabel> labels() {
    return labels;
  }

  /** Upper bounds, ascending, in {@link #unit()}; empty where it is no histogram. */
  public double[] buckets() {
    return buckets.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** As Prometheus names it, {@code osteon_dead_letters_total}; a histogram's without suffix. */
  public String exported() {
    String plain = id().replace('.', '_');
    if (kind == Kind.COUNTER) {
      return plain + "_total";
    }
    return unit.isEmpty() ? plain : plain + "_" + unit;
  }

  /** Every name under which samples of it appear. */
  public List<String> samples() {
    String base = exported();
    return kind == Kind.TIMER || kind == Kind.SUMMARY
        ? List.of(base + "_bucket", base + "_count", base + "_sum", base + "_max")
        : List.of(base);
  }

  /** Whether a replica on a CPU exports it too. */
  public boolean onCpu() {
    return this != DEVICE_MEMORY_USED && this != DEVICE_MEMORY_MAX;
  }

  /** Chosen so that a quantile is known where someone acts on it. */
  private static final class Buckets {
    static final List<Double> NONE = List.of();

    /** From the batch delay to what nobody waits for. */
    static final List<Double> LATENCY =
        of(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800);

    /** From a small JPEG on a fast CPU to the drain limit. */
    static final List<Double> CALL =
        of(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30);

    static final List<Double> SIZES = of(1, 2, 4, 8, 16, 32, 64, 128, 256);
    static final List<Double> CHANGES = of(.005, .01, .02, .05, .1, .2, .3, .5, 1);
    static final List<Double> SHARES = of(.1, .25, .4, .5, .6, .7, .8, .9, .95, .99, 1);

    private static List<Double> of(double... bounds) {
      return Arrays.stream(bounds).boxed().toList();
    }
  }
}
