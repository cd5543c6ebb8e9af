package org.osteon.performance.join;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an order by its accession number: its studies that were answered, and the last
 * that each role said of it. Both wait for each other.
 *
 * @param studies in the order in which they became known
 * @param waiting one for each role and image
 * @param since the latest answer or truth, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OrderRecord(List<String> studies, List<Waiting> waiting, long since)
    implements Remembered.Dated {
  /** Before the first record. */
  static final OrderRecord NEW = new OrderRecord(List.of(), List.of(), 0);

  /** An order is examined in a few studies, and a few roles speak of it. */
  private static final int MOST = 64;

  /**
   * A truth as it came.
   *
   * @param said what it comes to
   * @param value the record's value, framed as the registry has it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Waiting(Said said, byte[] value) {}

  /**
   * With a study that was answered.
   *
   * @return itself where that makes no difference
   */
  OrderRecord with(String study, long at) {
    boolean known = studies.contains(study) || studies.size() >= MOST;
    if (known && (at <= since || Remembered.sameDay(at, since))) {
      return this;
    }
    List<String> next = new ArrayList<>(studies);
    if (!known) {
      next.add(study);
    }
    return new OrderRecord(List.copyOf(next), waiting, Math.max(since, at));
  }

  /**
   * With what was said of it.
   *
   * @return itself where something later is known
   */
  OrderRecord with(Waiting truth, long at) {
    List<Waiting> next = new ArrayList<>(waiting);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).said().sameStatement(truth.said())) {
        if (!truth.said().isLaterThan(next.get(i).said())) {
          return this;
        }
        next.remove(i);
        break;
      }
    }
    if (next.size() >= MOST) {
      return this;
    }
    next.add(truth);
    return new OrderRecord(studies, List.copyOf(next), Math.max(since, at));
  }
}
