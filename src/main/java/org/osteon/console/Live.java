package org.osteon.console;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.AuditEntry;
import org.osteon.event.AuditOutcome;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.limit.BoundedMap;

/**
 * The newest of what was read by its own time, so many of each kind, and counts of all: what a page
 * costs does not grow with the topics.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Live {
  private static final int SHOWN = 100;
  private static final int REMEMBERED = 5000;

  /** By their own time, oldest first: partitions are read one after another, not in order. */
  private final PriorityQueue<ClassificationResult> results =
      new PriorityQueue<>(Comparator.comparing(ClassificationResult::getProcessedAt));

  private final Map<String, ClassificationResult> byEvent = BoundedMap.byAge(REMEMBERED);

  private final Worklist<ClassificationResult> review =
      new Worklist<>(
          ClassificationResult::getEventId, each -> each.getProcessedAt().toEpochMilli());
  private final Worklist<Alert> alerts =
      new Worklist<>(Alert::getAlertId, each -> each.getRaisedAt().toEpochMilli());
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Unread unread = new Unread();
  private long allResults;
  private long allAlerts;
  private long unreadable;
  private @Nullable String fault;
  private long version;

  /**
   * All of it at one moment, newest first.
   *
   * @param review results of which no person has said yet what is there
   * @param alerts that are not acknowledged
   * @param reasons of dead letters: {@code DECODE NOT_AN_IMAGE}, by how many there were
   * @param unread reports of which a person must say what they found
   * @param unreadable records that could not be read
   * @param fault why nothing more is read; null while it is
   */
  record Snapshot(
      List<ClassificationResult> results,
      List<ClassificationResult> review,
      List<Alert> alerts,
      Map<String, Long> reasons,
      List<Truth> unread,
      Counts counts,
      long unreadable,
      @Nullable String fault) {}

  /**
   * Of everything that was read.
   *
   * @param review that wait
   * @param alerts that were raised
   * @param open alerts that wait
   */
  record Counts(long results, long review, long alerts, long open, long letters, long unread) {}

  synchronized void add(ClassificationResult result) {
    allResults++;
    results.add(result);
    if (results.size() > SHOWN) {
      results.remove();
    }
    byEvent.put(result.getEventId(), result);
    unread.answered(result);
    if (result.getDecision() == Decision.REFER) {
      review.add(result);
    }
    changed();
  }

  synchronized void add(Alert alert) {
    allAlerts++;
    alerts.add(alert);
    changed();
  }

  synchronized void add(Truth truth) {
    unread.add(truth);
    String event = truth.getEventId();
    boolean counts =
        truth.getStatus() == TruthStatus.FINAL || truth.getStatus() == TruthStatus.CORRECTED;
    if (event != null && counts && truth.getRole() != TruthRole.REPORT) {
      review.done(event);
    }
    changed();
  }

  synchronized void add(AuditEntry entry) {
    if (entry.getAction().equals(Acknowledging.ACTION) && entry.getOutcome() == AuditOutcome.DONE) {
      alerts.done(entry.getSubject());
      changed();
    }
  }

  /** Only its reason is kept: a letter may hold a whole image. */
  synchronized void add(DeadLetter letter) {
    reasons.merge(letter.getStage() + " " + letter.getReason(), 1L, Long::sum);
    changed();
  }

  synchronized void unreadable() {
    unreadable++;
    changed();
  }

  synchronized void fail(String why) {
    fault = why;
    changed();
  }

  /** What others gather has changed. */
  synchronized void touch() {
    changed();
  }

  synchronized Snapshot snapshot() {
    long letters = reasons.values().stream().mapToLong(Long::longValue).sum();
    return new Snapshot(
        results.stream().sorted(Collections.reverseOrder(results.comparator())).toList(),
        review.newest(SHOWN),
        alerts.newest(SHOWN),
        Map.copyOf(reasons),
        unread.newest(),
        new Counts(allResults, review.size(), allAlerts, alerts.size(), letters, unread.size()),
        unreadable,
        fault);
  }

  /** The answer to one image, if it is among the last thousands. */
  synchronized Optional<ClassificationResult> result(String event) {
    return Optional.ofNullable(byEvent.get(event));
  }

  /** Whether an image waits for a person to decide. */
  synchronized boolean waits(String event) {
    return review.waits(event);
  }

  /** The alerts of an image that wait. */
  synchronized List<Alert> openAlerts(String event) {
    return alerts.newest(Integer.MAX_VALUE).stream()
        .filter(each -> each.getEventId().equals(event))
        .toList();
  }

  /** Whether an alert is there and not acknowledged. */
  synchronized boolean isOpen(String alert) {
    return alerts.waits(alert);
  }

  /**
   * Waits until something is new.
   *
   * @param seen what this returned before; 0 at first
   * @return the same where nothing came in that time
   */
  synchronized long await(long seen, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    long left = most.toMillis();
    while (version == seen && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return version;
  }

  private void changed() {
    version++;
    notifyAll();
  }
}
