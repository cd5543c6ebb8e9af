package org.osteon.topology.listen;

import java.util.List;
import org.osteon.batch.contract.FanOut;
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

  /** From now on another version answers; what the old one holds ends there. */
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

  /** A copy of an order has come: one for each partition. */
  default void ordered(OrderFate fate) {}

  /**
   * A record of the topic of orders is none.
   *
   * @param place partition and offset
   * @param why without a word of the record
   */
  default void unreadableOrder(String place, String why) {}

  /**
   * Everything was forwarded and the commit comes next.
   *
   * @param images how many were waited for
   * @param nanos how long
   */
  default void drained(int images, long nanos) {}

  /** Tells each in turn. */
  static TopologyListener all(TopologyListener... listeners) {
    return FanOut.of(TopologyListener.class, List.of(listeners));
  }
}
