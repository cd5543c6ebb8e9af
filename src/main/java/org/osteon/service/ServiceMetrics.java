package org.osteon.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osteon.batch.Outcome;
import org.osteon.batch.PipelineListener;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.StudyAssessment;
import org.osteon.topology.TopologyListener;

/**
 * Counts what happens. {@code osteon_events = osteon_results + osteon_dead_letters +
 * osteon_repeats{answer="dropped"} + osteon_in_flight}, within one process since it started.
 *
 * <p><b>Threading.</b> Any.
 */
final class ServiceMetrics implements PipelineListener, TopologyListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final Counter received = registry.counter("osteon.events");
  private final Counter results = registry.counter("osteon.results");
  private final DistributionSummary batchSizes =
      DistributionSummary.builder("osteon.batch.size").register(registry);
  private final Timer decode = Timer.builder("osteon.decode").register(registry);
  private final Timer queue = Timer.builder("osteon.queue").register(registry);
  private final Timer inference = Timer.builder("osteon.inference").register(registry);
  private final Timer total =
      Timer.builder("osteon.image").publishPercentileHistogram().register(registry);
  private final Timer drain = Timer.builder("osteon.drain").register(registry);

  ServiceMetrics() {
    registry.gauge("osteon.in.flight", this, m -> m.events.get() - m.ended.get());
  }

  /** Prometheus text. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void received() {
    events.incrementAndGet();
    received.increment();
  }

  @Override
  public void forwarded(ClassificationResult result) {
    ended.incrementAndGet();
    results.increment();
  }

  @Override
  public void forwarded(DeadLetter letter) {
    ended.incrementAndGet();
    // Stage and reason are both from closed lists, so the labels stay few.
    registry
        .counter(
            "osteon.dead.letters", "stage", letter.getStage().name(), "reason", letter.getReason())
        .increment();
  }

  @Override
  public void repeated(boolean published) {
    if (!published) {
      ended.incrementAndGet();
    }
    registry.counter("osteon.repeats", "answer", published ? "republished" : "dropped").increment();
  }

  @Override
  public void assessed(StudyAssessment assessment) {
    registry.counter("osteon.assessments").increment();
  }

  @Override
  public void alerted(Alert alert) {
    registry.counter("osteon.alerts", "severity", alert.getSeverity().name()).increment();
  }

  @Override
  public void drained(int images, long nanos) {
    if (images > 0) {
      drain.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void recognised() {
    registry.counter("osteon.recognised.images").increment();
  }

  @Override
  public void batchStarted(int size, Leave why) {
    registry.counter("osteon.batches", "left", why.name()).increment();
  }

  @Override
  public void batchAnswered(int size, long inferenceNanos) {
    batchSizes.record(size);
    inference.record(inferenceNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void completed(Outcome outcome) {
    if (outcome instanceof Outcome.Classified classified) {
      decode.record(classified.timing().decodeMicros(), TimeUnit.MICROSECONDS);
      queue.record(classified.timing().queueMicros(), TimeUnit.MICROSECONDS);
      total.record(classified.timing().totalMicros(), TimeUnit.MICROSECONDS);
    }
  }
}
