package org.osteon.reports;

import java.util.List;
import org.osteon.event.Truth;

/** Where truths go. */
@FunctionalInterface
interface TruthSink {
  /**
   * Returns when the brokers have all of them.
   *
   * @throws org.osteon.event.KafkaFault they do not; all of them may be sent again
   */
  void publish(List<Truth> truths);
}
