package org.osteon.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * What is counted of one target.
 *
 * <p><b>Threading.</b> The target's thread counts, any reads.
 */
final class TargetMeters {
  private final MeterRegistry registry;
  private final String target;
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicLong oldestMillis = new AtomicLong();
  private final AtomicBoolean away = new AtomicBoolean();

  TargetMeters(MeterRegistry registry, String target) {
    this.registry = registry;
    this.target = target;
    counter(DeliverMetric.DELIVERED, "", "");
    gauge(DeliverMetric.BACKLOG, backlog, AtomicLong::doubleValue);
    gauge(DeliverMetric.AWAY, away, flag -> flag.get() ? 1 : 0);
    gauge(
        DeliverMetric.OLDEST,
        oldestMillis,
        at -> at.get() == 0 ? 0 : Math.max(0, (System.currentTimeMillis() - at.get()) / 1000.0));
  }

  void attempted(String ended) {
    counter(DeliverMetric.ATTEMPTS, "outcome", ended).increment();
    away.set(ended.equals("away"));
  }

  void delivered() {
    counter(DeliverMetric.DELIVERED, "", "").increment();
  }

  /** How an asking for storage commitment ended. Any thread. */
  void committed(String ended) {
    counter(DeliverMetric.COMMITMENTS, "outcome", ended).increment();
  }

  void undelivered(String reason) {
    counter(DeliverMetric.UNDELIVERED, "reason", reason).increment();
  }

  /**
   * @param records not delivered
   * @param oldest timestamp of the oldest finding among them, 0 for none
   */
  void stands(long records, long oldest) {
    backlog.set(records);
    oldestMillis.set(oldest);
  }

  boolean isAway() {
    return away.get();
  }

  private Counter counter(DeliverMetric metric, String label, String value) {
    Counter.Builder counter =
        Counter.builder(metric.id()).description(metric.meaning()).tag("target", target);
    return (label.isEmpty() ? counter : counter.tag(label, value)).register(registry);
  }

  private <T> void gauge(DeliverMetric metric, T of, ToDoubleFunction<T> value) {
    Gauge.builder(metric.id(), of, value)
        .description(metric.meaning())
        .tag("target", target)
        .strongReference(true)
        .register(registry);
  }
}
