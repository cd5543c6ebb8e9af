package org.osteon.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * What was published and what came of it.
 *
 * <p><b>Threading.</b> Synchronised: one thread publishes, another reads outcomes.
 */
final class Tally {
  private record Published(long nanos, @Nullable Kind kind) {}

  private final Received received = new Received();

  private final Map<String, Published> waiting = new HashMap<>();
  private final List<Long> latencyMillis = new ArrayList<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private final Map<String, Integer> deadLetters = new TreeMap<>();
  private final Map<String, Integer> alerts = new TreeMap<>();
  private int published;
  private int results;
  private int known;
  private int right;
  private int unexpected;
  private long firstNanos;
  private long lastNanos;

  synchronized void published(String id, @Nullable Kind kind) {
    long now = System.nanoTime();
    if (published++ == 0) {
      firstNanos = now;
    }
    waiting.put(id, new Published(now, kind));
  }

  /** Milliseconds from publishing to seeing the result. */
  synchronized long result(ClassificationResult result) {
    Published event = waiting.remove(result.getEventId());
    if (event == null) {
      unexpected++;
      return 0;
    }
    results++;
    batchSizes.add(result.getBatchSize());
    received.result(result, event.kind);
    if (event.kind != null) {
      known++;
      right += event.kind.name().equals(result.getLabel().name()) ? 1 : 0;
    }
    return arrived(event);
  }

  synchronized void deadLetter(DeadLetter letter) {
    String id = letter.getEventId();
    Published event = id == null ? null : waiting.remove(id);
    if (event == null) {
      unexpected++;
      return;
    }
    deadLetters.merge(letter.getReason(), 1, Integer::sum);
    arrived(event);
  }

  synchronized void alert(Alert alert) {
    alerts.merge(alert.getSeverity().name(), 1, Integer::sum);
    received.alert(alert);
  }

  /** Whether each alert is there that is due by the results that are. */
  synchronized boolean alertsAreComplete() {
    return received.isComplete();
  }

  /** What people received, of images of which it is known what they show. */
  synchronized Received received() {
    return received;
  }

  /** Returns when fewer than so many events wait for their outcome. */
  synchronized void awaitFewerThan(int most) throws InterruptedException {
    while (waiting.size() >= most) {
      wait();
    }
  }

  synchronized int done() {
    return latencyMillis.size();
  }

  /** The closing lines. */
  synchronized List<String> summary() {
    int letters = deadLetters.values().stream().mapToInt(Integer::intValue).sum();
    double seconds = Math.max(1e-3, (lastNanos - firstNanos) / 1e9);
    Collections.sort(latencyMillis);
    List<String> lines = new ArrayList<>();
    lines.add("events        %d".formatted(published));
    lines.add("results       %d".formatted(results));
    lines.add("dead letters  %d %s".formatted(letters, letters == 0 ? "" : deadLetters.toString()));
    lines.add("missing       %d".formatted(waiting.size()));
    int raised = alerts.values().stream().mapToInt(Integer::intValue).sum();
    lines.add("alerts        %d %s".formatted(raised, raised == 0 ? "" : alerts.toString()));
    if (unexpected > 0) {
      lines.add("twice         %d".formatted(unexpected));
    }
    if (known > 0) {
      lines.add("right         %d of %d known".formatted(right, known));
    }
    lines.addAll(received.lines());
    lines.add("images/s      %.0f".formatted(latencyMillis.size() / seconds));
    lines.add(
        "latency       p50 %d ms, p99 %d ms (from publishing to a committed result)"
            .formatted(percentile(latencyMillis, 50), percentile(latencyMillis, 99)));
    lines.add(
        "batch size    mean %.1f, largest %d"
            .formatted(
                batchSizes.stream().mapToInt(Integer::intValue).average().orElse(0),
                batchSizes.stream().mapToInt(Integer::intValue).max().orElse(0)));
    return lines;
  }

  /** Nothing is missing and nothing came twice. */
  synchronized boolean complete() {
    return waiting.isEmpty() && unexpected == 0;
  }

  private long arrived(Published event) {
    notifyAll();
    lastNanos = System.nanoTime();
    long millis = (lastNanos - event.nanos) / 1_000_000;
    latencyMillis.add(millis);
    return millis;
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }
}
