package org.osteon.chaos;

import java.util.List;

/**
 * What was published and what a reader of {@code read_committed} finds.
 *
 * @param published in the order of publishing
 * @param results in the order of their partition and offset
 * @param deadLetters likewise
 */
record Evidence(List<Published> published, List<Result> results, List<Letter> deadLetters) {
  /**
   * An event.
   *
   * @param poison the reason its dead letter must have, or empty where it must be classified
   */
  record Published(String eventId, String study, String poison) {}

  /** A result. */
  record Result(String eventId, String resultId, String key, int partition, long offset) {}

  /** A dead letter. */
  record Letter(String eventId, String reason, boolean originalKept) {}
}
