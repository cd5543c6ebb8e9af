package org.osteon.console.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osteon.metrics.MetricsText;
import org.osteon.metrics.MetricsText.Sample;
import org.osteon.report.SecondReading;

/**
 * Which version answers in each replica, whether it is well, how fast it is and how old its oldest
 * image is, as its metrics say.
 *
 * <p><b>Threading.</b> Any thread reads.
 */
public final class Replicas implements AutoCloseable {
  private final Map<String, Counted> before = new HashMap<>();
  private final Runnable changed;
  private final MetricsPoll poll;
  private volatile List<Replica> replicas = List.of();
  private volatile List<String> shadows = List.of();

  /** Events that a replica had counted, and when. */
  private record Counted(double events, long nanos) {}

  /**
   * One replica.
   *
   * @param version that answers, and in which precision; empty where it does not say
   * @param state {@code ready}, {@code not ready}, or why it could not be asked
   * @param perSecond events since it was asked before; not a number at first
   * @param oldestSeconds age of the oldest image that it has taken and not answered
   */
  public record Replica(
      String address, String version, String state, double perSecond, double oldestSeconds) {}

  /**
   * @param addresses {@code http://HOST:PORT}; a name stands for all its addresses
   * @param token that they ask for
   * @param changed called when something is new
   */
  public Replicas(List<String> addresses, Optional<String> token, Runnable changed) {
    this.changed = changed;
    this.poll = new MetricsPoll("replicas", addresses, token, this::take);
  }

  /** As of a few seconds ago. */
  public List<Replica> all() {
    return replicas;
  }

  /** What a shadow says beside the active version, over all replicas; a sentence for each pair. */
  public List<String> shadows() {
    return shadows;
  }

  private void take(List<MetricsPoll.Said> all) {
    replicas = all.stream().map(this::replica).toList();
    List<MetricsText> metrics =
        all.stream().map(MetricsPoll.Said::metrics).filter(Objects::nonNull).toList();
    shadows = SecondReading.of(metrics).stream().map(SecondReading::summary).toList();
    changed.run();
  }

  private Replica replica(MetricsPoll.Said said) {
    MetricsText metrics = said.metrics();
    if (metrics == null) {
      return away(said.address(), said.fault());
    }
    if (metrics.of("osteon_ready").isEmpty()) {
      return away(said.address(), "is no replica");
    }
    Counted now = new Counted(metrics.sum("osteon_events_total"), System.nanoTime());
    Counted last = before.put(said.address(), now);
    double rate =
        last == null || now.events < last.events
            ? Double.NaN
            : (now.events - last.events) / ((now.nanos - last.nanos) / 1e9);
    String version =
        metrics.of("osteon_model").stream()
            .map(Sample::labels)
            .map(l -> "%s/%s %s".formatted(l.get("name"), l.get("version"), l.get("precision")))
            .findFirst()
            .orElse("");
    String state = metrics.sum("osteon_ready") > 0 ? "ready" : "not ready";
    double oldest = metrics.sum("osteon_oldest_image_age_seconds");
    return new Replica(said.address(), version, state, rate, oldest);
  }

  private static Replica away(String address, String why) {
    return new Replica(address, "", why, Double.NaN, Double.NaN);
  }

  @Override
  public void close() {
    poll.close();
  }
}
