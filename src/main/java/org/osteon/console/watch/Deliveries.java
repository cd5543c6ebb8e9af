package org.osteon.console.watch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osteon.deliver.DeliverMetric;
import org.osteon.metrics.MetricsText;
import org.osteon.metrics.MetricsText.Sample;

/**
 * How far each target of {@code osteon deliver} has got, as the metrics of its processes say.
 *
 * <p><b>Threading.</b> Any thread reads.
 */
public final class Deliveries implements AutoCloseable {
  private static final String TARGET = "target";

  private final Runnable changed;
  private final MetricsPoll poll;
  private volatile List<Delivery> deliveries = List.of();

  /**
   * One target of one process.
   *
   * @param target empty where the process could not be asked
   * @param state {@code delivers}, {@code away} while the target does not answer, or why the
   *     process could not be asked
   * @param delivered results that the target has taken since the process started
   * @param waiting records that it has not got
   * @param oldestSeconds age of the oldest finding among them; 0 without one
   */
  public record Delivery(
      String address,
      String target,
      String state,
      double delivered,
      double waiting,
      double oldestSeconds) {}

  /**
   * @param addresses {@code http://HOST:PORT}; a name stands for all its addresses
   * @param changed called when something is new
   */
  public Deliveries(List<String> addresses, Runnable changed) {
    this.changed = changed;
    // A deliverer's metrics ask for no token.
    this.poll = new MetricsPoll("deliveries", addresses, Optional.empty(), this::take);
  }

  /** As of a few seconds ago. */
  public List<Delivery> all() {
    return deliveries;
  }

  private void take(List<MetricsPoll.Said> all) {
    deliveries = all.stream().flatMap(Deliveries::targets).toList();
    changed.run();
  }

  private static Stream<Delivery> targets(MetricsPoll.Said said) {
    MetricsText metrics = said.metrics();
    if (metrics == null) {
      return Stream.of(unasked(said.address(), said.fault()));
    }
    List<Sample> targets = metrics.of(DeliverMetric.BACKLOG.exported());
    if (targets.isEmpty()) {
      return Stream.of(unasked(said.address(), "is no deliverer"));
    }
    return targets.stream()
        .map(each -> each.labels().getOrDefault(TARGET, ""))
        .map(
            target ->
                new Delivery(
                    said.address(),
                    target,
                    value(metrics, DeliverMetric.AWAY, target) > 0 ? "away" : "delivers",
                    value(metrics, DeliverMetric.DELIVERED, target),
                    value(metrics, DeliverMetric.BACKLOG, target),
                    value(metrics, DeliverMetric.OLDEST, target)));
  }

  private static double value(MetricsText metrics, DeliverMetric metric, String target) {
    return metrics.of(metric.exported()).stream()
        .filter(each -> target.equals(each.labels().get(TARGET)))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static Delivery unasked(String address, String why) {
    return new Delivery(address, "", why, Double.NaN, Double.NaN, Double.NaN);
  }

  @Override
  public void close() {
    poll.close();
  }
}
