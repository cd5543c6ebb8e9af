package org.osteon.console;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.Truth;

/**
 * The newest of what was read by its own time, so many of each kind, and counts of all: what a page
 * costs does not grow with the topics.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Live {
  private static final int KEPT = 100;

  /** By their own time, oldest first: partitions are read one after another, not in order. */
  private final PriorityQueue<ClassificationResult> results =
      new PriorityQueue<>(Comparator.comparing(ClassificationResult::getProcessedAt));

  private final PriorityQueue<ClassificationResult> review =
      new PriorityQueue<>(Comparator.comparing(ClassificationResult::getProcessedAt));
  private final PriorityQueue<Alert> alerts =
      new PriorityQueue<>(Comparator.comparing(Alert::getRaisedAt));
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Unread unread = new Unread();
  private long allResults;
  private long allReview;
  private long allAlerts;
  private long unreadable;
  private @Nullable String fault;
  private long version;

  /**
   * All of it at one moment, newest first.
   *
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

  /** Of everything that was read. */
  record Counts(long results, long review, long alerts, long letters, long unread) {}

  synchronized void add(ClassificationResult result) {
    allResults++;
    keep(results, result);
    if (result.getDecision() == Decision.REFER) {
      allReview++;
      keep(review, result);
    }
    changed();
  }

  synchronized void add(Alert alert) {
    allAlerts++;
    keep(alerts, alert);
    changed();
  }

  synchronized void add(Truth truth) {
    unread.add(truth);
    changed();
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

  synchronized Snapshot snapshot() {
    long letters = reasons.values().stream().mapToLong(Long::longValue).sum();
    return new Snapshot(
        newest(results),
        newest(review),
        newest(alerts),
        Map.copyOf(reasons),
        unread.newest(),
        new Counts(allResults, allReview, allAlerts, letters, unread.size()),
        unreadable,
        fault);
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

  private static <T> void keep(PriorityQueue<T> kept, T one) {
    kept.add(one);
    if (kept.size() > KEPT) {
      kept.remove();
    }
  }

  private static <T> List<T> newest(PriorityQueue<T> kept) {
    return kept.stream().sorted(Collections.reverseOrder(kept.comparator())).toList();
  }
}
