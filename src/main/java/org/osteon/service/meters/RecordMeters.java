package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.Severity;
import org.osteon.event.Stage;
import org.osteon.event.StudyAssessment;
import org.osteon.metrics.ModelMetric;
import org.osteon.metrics.StreamMetric;
import org.osteon.topology.listen.OrderFate;
import org.osteon.topology.listen.TopologyListener;

/**
 * Counts what becomes of records. Events = results + dead letters + dropped repeats + in flight.
 *
 * <p><b>Threading.</b> Any.
 */
public final class RecordMeters implements TopologyListener {
  /** Reasons are from closed lists; should one ever hold something of a record, it ends here. */
  private static final int MOST_REASONS = 200;

  private final Map<Integer, AtomicInteger> pending = new ConcurrentHashMap<>();
  private final LongAdder ended = new LongAdder();
  private final Meters meters;
  private final Counter events;
  private final Counter republished;
  private final Counter dropped;
  private final Counter assessments;
  private final Counter commits;
  private final Timer drain;
  private final Timer endToEnd;
  private final DistributionSummary confidence;
  private final Map<Label, Map<Decision, Counter>> results = new EnumMap<>(Label.class);
  private final Map<Stage, Map<String, Counter>> letters = new EnumMap<>(Stage.class);
  private final Map<Severity, Counter> alerts = new EnumMap<>(Severity.class);
  private final Map<OrderFate, Counter> orders = new EnumMap<>(OrderFate.class);

  RecordMeters(Meters meters) {
    this.meters = meters;
    events = meters.counter(StreamMetric.EVENTS);
    republished = meters.counter(StreamMetric.REPEATS, "republished");
    dropped = meters.counter(StreamMetric.REPEATS, "dropped");
    assessments = meters.counter(StreamMetric.ASSESSMENTS);
    commits = meters.counter(StreamMetric.COMMITS);
    drain = meters.timer(StreamMetric.DRAIN);
    endToEnd = meters.timer(StreamMetric.END_TO_END);
    confidence = meters.summary(ModelMetric.CONFIDENCE);
    for (Label label : Label.values()) {
      Map<Decision, Counter> byDecision = new EnumMap<>(Decision.class);
      for (Decision decision : Decision.values()) {
        byDecision.put(
            decision, meters.counter(StreamMetric.RESULTS, label.name(), decision.name()));
      }
      results.put(label, byDecision);
    }
    for (Stage stage : Stage.values()) {
      letters.put(stage, new ConcurrentHashMap<>());
    }
    for (Severity severity : Severity.values()) {
      alerts.put(severity, meters.counter(StreamMetric.ALERTS, severity.name()));
    }
    for (OrderFate fate : OrderFate.values()) {
      orders.put(fate, meters.counter(StreamMetric.ORDERS, fate.name()));
    }
    meters.gauge(StreamMetric.IN_FLIGHT, this, RecordMeters::inFlight);
  }

  /**
   * Records taken and not answered, of the partitions that this replica has: what a thread held
   * that died comes again, here or elsewhere.
   */
  long inFlight() {
    return pending.values().stream().mapToLong(AtomicInteger::get).sum();
  }

  /** Records answered since the process started: what grows where there is progress. */
  public long progress() {
    return ended.sum();
  }

  @Override
  public void received() {
    events.increment();
  }

  @Override
  public void waiting(int partition, int records, long oldestMillis) {
    pending.computeIfAbsent(partition, p -> new AtomicInteger()).set(records);
  }

  @Override
  public void released(int partition) {
    pending.remove(partition);
  }

  @Override
  public void forwarded(ClassificationResult result) {
    ended.increment();
    Map<Decision, Counter> ofLabel = Objects.requireNonNull(results.get(result.getLabel()));
    Objects.requireNonNull(ofLabel.get(result.getDecision())).increment();
    confidence.record(result.getConfidence());
  }

  @Override
  public void forwarded(DeadLetter letter) {
    ended.increment();
    counter(letter.getStage(), letter.getReason()).increment();
  }

  @Override
  public void answered(long timestampMillis) {
    endToEnd.record(
        Math.max(0, System.currentTimeMillis() - timestampMillis), TimeUnit.MILLISECONDS);
  }

  @Override
  public void repeated(boolean published) {
    if (published) {
      republished.increment();
    } else {
      ended.increment();
      dropped.increment();
    }
  }

  @Override
  public void assessed(StudyAssessment assessment) {
    assessments.increment();
  }

  @Override
  public void ordered(OrderFate fate) {
    Objects.requireNonNull(orders.get(fate)).increment();
  }

  @Override
  public void alerted(Alert alert) {
    Objects.requireNonNull(alerts.get(alert.getSeverity())).increment();
  }

  @Override
  public void drained(int images, long nanos) {
    commits.increment();
    drain.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(Stage stage, String reason) {
    Map<String, Counter> byReason = Objects.requireNonNull(letters.get(stage));
    Counter known = byReason.get(reason);
    if (known != null) {
      return known;
    }
    String label = byReason.size() < MOST_REASONS ? reason : "OTHER";
    return byReason.computeIfAbsent(
        label, r -> meters.counter(StreamMetric.DEAD_LETTERS, stage.name(), r));
  }
}
