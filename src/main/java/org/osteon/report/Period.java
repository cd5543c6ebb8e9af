package org.osteon.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;

/**
 * What came out between two moments. A result that came twice counts once.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Period {
  private final Map<String, ClassificationResult> results = new LinkedHashMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Instant from;
  private final Instant to;

  /** Empty. */
  public Period(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  public void add(ClassificationResult result) {
    results.put(result.getResultId(), result);
  }

  public void add(DeadLetter letter) {
    letters.add(letter);
  }

  public void add(Alert alert) {
    alerts.put(alert.getAlertId(), alert);
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  int results() {
    return results.size();
  }

  int letters() {
    return letters.size();
  }

  int alerts() {
    return alerts.size();
  }

  long referred() {
    return results.values().stream().filter(r -> r.getDecision() == Decision.REFER).count();
  }

  /** Whether an alert of the study was raised by this event. */
  boolean alerted(ClassificationResult result) {
    return alerts.values().stream().anyMatch(a -> a.getEventId().equals(result.getEventId()));
  }

  /** Results by finding, the gravest last. */
  Map<Finding, Integer> findings() {
    Map<Finding, Integer> counts = new TreeMap<>();
    results.values().forEach(result -> counts.merge(result.getFinding(), 1, Integer::sum));
    return counts;
  }

  /** Results by label, in the order of the labels. */
  Map<Label, Integer> labels() {
    Map<Label, Integer> counts = new TreeMap<>();
    results.values().forEach(result -> counts.merge(result.getLabel(), 1, Integer::sum));
    return counts;
  }

  /** Dead letters by {@code STAGE REASON}, the most frequent first. */
  List<Map.Entry<String, Integer>> reasons() {
    Map<String, Integer> counts = new HashMap<>();
    letters.forEach(
        letter -> counts.merge(letter.getStage() + " " + letter.getReason(), 1, Integer::sum));
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Integer>>comparingInt(e -> -e.getValue())
            .thenComparing(Map.Entry::getKey));
    return sorted;
  }

  /** From submission to answer, milliseconds, the shortest first. */
  double[] latencies() {
    return results.values().stream()
        .mapToDouble(result -> result.getTiming().getTotalMicros() / 1000.0)
        .sorted()
        .toArray();
  }

  /** The ones to be looked at first: the gravest finding, then by how abnormal, then the newest. */
  public List<ClassificationResult> worthLooking(int most) {
    List<ClassificationResult> sorted = new ArrayList<>(results.values());
    sorted.sort(
        Comparator.comparing(ClassificationResult::getFinding, Comparator.<Finding>reverseOrder())
            .thenComparing(r -> -r.getAbnormalProbability())
            .thenComparing(ClassificationResult::getProcessedAt, Comparator.reverseOrder()));
    return sorted.subList(0, Math.min(most, sorted.size()));
  }
}
