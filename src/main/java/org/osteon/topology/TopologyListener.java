package org.osteon.topology;

import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.ModelRef;
import org.osteon.event.StudyAssessment;

/**
 * Told of every step of every record: for metrics, and for tests that stop the world at a named
 * one. {@code received = results + dead letters + dropped repeats + pending}, within one process
 * since it started.
 *
 * <p><b>Threading.</b> Called by stream threads, so by several at once.
 */
public interface TopologyListener {
  /** Listens to nothing. */
  TopologyListener NONE = new TopologyListener() {};

  default void received() {}

  default void forwarded(ClassificationResult result) {}

  default void forwarded(DeadLetter letter) {}

  /**
   * What came of a record is on its way to the broker.
   *
   * @param timestampMillis the record's
   */
  default void answered(long timestampMillis) {}

  /**
   * What one partition waits for, after each record and each drain.
   *
   * @param pending records taken and not answered
   * @param oldestMillis timestamp of the one that came first; without meaning where there is none
   */
  default void waiting(int partition, int pending, long oldestMillis) {}

  /** A partition is this replica's no longer. */
  default void released(int partition) {}

  /** From now on another version answers; what is in the old one's lane ends there. */
  default void switched(ModelRef version) {}

  /**
   * An event was answered before.
   *
   * @param published its first result is published again, and counts as a result; else it was
   *     dropped
   */
  default void repeated(boolean published) {}

  /** The verdict of a study was published. */
  default void assessed(StudyAssessment assessment) {}

  /** An alert was published; at least once, the same one may be again after a crash. */
  default void alerted(Alert alert) {}

  /**
   * Everything was forwarded and the commit comes next.
   *
   * @param images how many were waited for
   * @param nanos how long
   */
  default void drained(int images, long nanos) {}

  /** Tells one and then the other. */
  static TopologyListener both(TopologyListener first, TopologyListener second) {
    return new TopologyListener() {
      @Override
      public void received() {
        first.received();
        second.received();
      }

      @Override
      public void forwarded(ClassificationResult result) {
        first.forwarded(result);
        second.forwarded(result);
      }

      @Override
      public void forwarded(DeadLetter letter) {
        first.forwarded(letter);
        second.forwarded(letter);
      }

      @Override
      public void answered(long timestampMillis) {
        first.answered(timestampMillis);
        second.answered(timestampMillis);
      }

      @Override
      public void waiting(int partition, int pending, long oldestMillis) {
        first.waiting(partition, pending, oldestMillis);
        second.waiting(partition, pending, oldestMillis);
      }

      @Override
      public void released(int partition) {
        first.released(partition);
        second.released(partition);
      }

      @Override
      public void switched(ModelRef version) {
        first.switched(version);
        second.switched(version);
      }

      @Override
      public void repeated(boolean published) {
        first.repeated(published);
        second.repeated(published);
      }

      @Override
      public void assessed(StudyAssessment assessment) {
        first.assessed(assessment);
        second.assessed(assessment);
      }

      @Override
      public void alerted(Alert alert) {
        first.alerted(alert);
        second.alerted(alert);
      }

      @Override
      public void drained(int images, long nanos) {
        first.drained(images, nanos);
        second.drained(images, nanos);
      }
    };
  }
}
