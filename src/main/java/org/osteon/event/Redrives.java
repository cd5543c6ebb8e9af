package org.osteon.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How often an event was published again after it had become a dead letter: in a header of it. */
public final class Redrives {
  /** Decimal digits. */
  public static final String HEADER = "osteon-redrives";

  /** The same count on a result that was refused again: one that is not to be acted on. */
  public static final String BEFORE = "osteon-redrives-before";

  private Redrives() {}

  /**
   * @return 0 where it never was; {@link Integer#MAX_VALUE} where somebody else uses that name, so
   *     that a guard holds all the same
   */
  public static int of(Headers headers) {
    Header last = headers.lastHeader(HEADER);
    try {
      return last == null || last.value() == null
          ? 0
          : Integer.parseInt(new String(last.value(), StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** The same headers with the count set. */
  public static void set(Headers headers, int count) {
    headers.remove(HEADER);
    headers.add(HEADER, Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
  }
}
