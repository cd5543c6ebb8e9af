package org.osteon.performance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReading;
import org.osteon.event.FallTest;
import org.osteon.event.Performance;
import org.osteon.event.Proportion;
import org.osteon.event.TestedMeasure;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.metrics.PerformanceMetric;
import org.osteon.performance.join.JoinListener;
import org.osteon.performance.tally.TallyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is counted and said of the process, and how it is.
 *
 * <p><b>Threading.</b> Any.
 */
final class Watching implements JoinListener, TallyListener, RegistryPatience.Watch, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Map<TestedMeasure, Integer>> fallen = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();
  private final AtomicReference<@Nullable String> registryAway = new AtomicReference<>();
  private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();
  private final List<AutoCloseable> binders = new ArrayList<>();

  Watching() {
    JvmMemoryMetrics memory = new JvmMemoryMetrics();
    memory.bindTo(meters);
    for (TestedMeasure measure :
        new TestedMeasure[] {TestedMeasure.SENSITIVITY, TestedMeasure.DEFINITE_SPECIFICITY}) {
      Gauge.builder(PerformanceMetric.FALLEN.id(), fallen, all -> count(all, measure))
          .description(PerformanceMetric.FALLEN.meaning())
          .tag("measure", measure.name())
          .strongReference(true)
          .register(meters);
    }
    for (Kind kind : Kind.values()) {
      for (Outcome outcome : Outcome.values()) {
        counter(kind, outcome);
      }
    }
    Gauge.builder(PerformanceMetric.READY.id(), this, at -> at.notReady().isEmpty() ? 1 : 0)
        .description(PerformanceMetric.READY.meaning())
        .strongReference(true)
        .register(meters);
  }

  /** Before it is started. */
  void watch(KafkaStreams started) {
    streams.set(started);
    KafkaStreamsMetrics binder = new KafkaStreamsMetrics(started);
    binders.add(binder);
    binder.bindTo(meters);
  }

  private static double count(Map<String, Map<TestedMeasure, Integer>> all, TestedMeasure measure) {
    return all.values().stream().mapToInt(each -> each.getOrDefault(measure, 0)).sum();
  }

  private Counter counter(Kind kind, Outcome outcome) {
    return Counter.builder(PerformanceMetric.RECORDS.id())
        .description(PerformanceMetric.RECORDS.meaning())
        .tag("kind", kind.name())
        .tag("outcome", outcome.name())
        .register(meters);
  }

  @Override
  public void ended(Kind kind, Outcome outcome) {
    counter(kind, outcome).increment();
  }

  @Override
  public void unreadable(String place, EventReading.Unreadable because) {
    LOG.warn("A record of {} is left out: {} ({})", place, because.message(), because.reason());
  }

  @Override
  public void fallen(String task, Map<TestedMeasure, Integer> groups) {
    if (groups.isEmpty()) {
      fallen.remove(task);
    } else {
      fallen.put(task, groups);
    }
  }

  @Override
  public void fell(Performance of, FallTest test) {
    Proportion seen = test.getSeen();
    LOG.warn(
        "{} of {}/{} at {}, {} {}, looks fallen since {}: {} of {} instead of {}",
        test.getMeasure(),
        of.getModel().getName(),
        of.getModel().getVersion(),
        of.getFacility() == null ? "all sites" : of.getFacility(),
        of.getDimension(),
        of.getValue() == null ? "" : of.getValue(),
        test.getSince(),
        seen == null ? 0 : seen.getHits(),
        seen == null ? 0 : seen.getOf(),
        test.getExpected());
  }

  @Override
  public void unreachable(String because) {
    if (registryAway.getAndSet(because) == null) {
      LOG.warn("{} Waiting for it", because);
    }
  }

  @Override
  public void reachable() {
    registryAway.set(null);
  }

  /** It cannot go on. */
  void fatal(String why) {
    fatal.compareAndSet(null, why);
  }

  /** Why it cannot go on; nothing while it can. */
  List<String> notAlive() {
    String why = fatal.get();
    return why == null ? List.of() : List.of(why);
  }

  /** Why it does not join at the moment. */
  List<String> notReady() {
    List<String> reasons = new ArrayList<>(notAlive());
    String away = registryAway.get();
    if (away != null) {
      reasons.add(away);
    }
    KafkaStreams at = streams.get();
    if (at == null || at.state() != KafkaStreams.State.RUNNING) {
      reasons.add("Kafka Streams is " + (at == null ? "not started" : at.state()));
    }
    return reasons;
  }

  /** Prometheus' text. */
  String metrics() {
    return meters.scrape();
  }

  @Override
  public void close() {
    for (AutoCloseable each : binders) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("A binder does not close: {}", e.toString());
      }
    }
    meters.close();
  }
}
