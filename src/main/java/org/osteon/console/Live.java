package org.osteon.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;

/**
 * The newest of what was read, so many of each kind, and counts of all: what a page costs does not
 * grow with the topics.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Live {
  private static final int KEPT = 100;

  private final Deque<ClassificationResult> results = new ArrayDeque<>();
  private final Deque<ClassificationResult> review = new ArrayDeque<>();
  private final Deque<Alert> alerts = new ArrayDeque<>();
  private final Map<String, Long> reasons = new TreeMap<>();
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
   * @param unreadable records that could not be read
   * @param fault why nothing more is read; null while it is
   */
  record Snapshot(
      List<ClassificationResult> results,
      List<ClassificationResult> review,
      List<Alert> alerts,
      Map<String, Long> reasons,
      Counts counts,
      long unreadable,
      @Nullable String fault) {}

  /** Of everything that was read. */
  record Counts(long results, long review, long alerts, long letters) {}

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
        List.copyOf(results),
        List.copyOf(review),
        List.copyOf(alerts),
        Map.copyOf(reasons),
        new Counts(allResults, allReview, allAlerts, letters),
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

  private static <T> void keep(Deque<T> newest, T one) {
    newest.addFirst(one);
    if (newest.size() > KEPT) {
      newest.removeLast();
    }
  }
}
