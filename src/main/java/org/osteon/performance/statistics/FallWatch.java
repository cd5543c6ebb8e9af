package org.osteon.performance.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Where a test stands after some days.
 *
 * <p>It is walked from the first day to the last each time something changed, and never added up:
 * what is corrected, withdrawn or late falls on the day of its image, and a replay changes nothing.
 * An alarm begins when the score reaches the limit and stands until the score is 0 again.
 *
 * @param score points, 0 to twice the limit
 * @param since the day, as days since 1970, on which the score left 0; null while it is 0
 * @param alarmedOn the day whose cases raised the alarm that stands; null without one
 * @param hits since then, that day's with them
 * @param misses likewise
 */
public record FallWatch(
    int score, @Nullable Long since, @Nullable Long alarmedOn, long hits, long misses) {
  /** Before the first day. */
  public static final FallWatch START = new FallWatch(0, null, null, 0, 0);

  /**
   * With one more day.
   *
   * @param day later than all before
   */
  public FallWatch next(BernoulliCusum test, long day, long hits, long misses) {
    int next = test.after(score, hits, misses);
    if (next == 0) {
      return START;
    }
    Long alarm = alarmedOn == null && next >= test.limit() ? Long.valueOf(day) : alarmedOn;
    return new FallWatch(
        next,
        since == null ? Long.valueOf(day) : since,
        alarm,
        this.hits + hits,
        this.misses + misses);
  }

  /** Whether the share of hits is taken for fallen. */
  public boolean alarm() {
    return alarmedOn != null;
  }

  /**
   * Whether an alarm stands that people were told of, and are told of once: what is late may take
   * the score back below the limit for an hour, and that is no recovery.
   *
   * @param alarm whether it is an alarm by what is known now
   * @param score points
   * @param before whether it stood when it was looked at last
   */
  public static boolean stands(boolean alarm, int score, boolean before) {
    return alarm || (before && score > 0);
  }
}
