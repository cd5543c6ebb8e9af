package org.osteon.topology.owner;

import org.jspecify.annotations.Nullable;

/**
 * Who has a partition, and what those before had in hand when they died.
 *
 * @param owner id of the process
 * @param released whether it let the partition go by itself; one that did not, and is another than
 *     the next owner, died
 * @param deaths owners that died one after another, without the partition getting past what the
 *     first of them had in hand
 * @param suspectEnd last offset that they may have had in hand; {@link #NOTHING} where none died
 * @param reserved last offset that the owner may have in hand until it says more
 */
public record Ownership(
    String owner, boolean released, int deaths, long suspectEnd, long reserved) {
  /** No offset. */
  public static final long NOTHING = -1;

  /** Offsets that are reserved at once: so many records, and one is written. */
  static final long AT_ONCE = 256;

  private static final String VERSION = "1";
  private static final int FIELDS = 6;

  /**
   * What holds when a process takes a partition over.
   *
   * @param before what was last said, if anything
   * @param me id of the process
   * @param offset of the first record that it has; all before is committed
   * @param end of the partition now: what was published later ended no process
   */
  public static Ownership taken(@Nullable Ownership before, String me, long offset, long end) {
    long reserved = offset + AT_ONCE;
    if (before == null) {
      return new Ownership(me, false, 0, NOTHING, reserved);
    }
    boolean died = !before.released && !before.owner.equals(me);
    long inHand = died ? Math.max(before.suspectEnd, before.reserved) : before.suspectEnd;
    long suspectEnd = Math.min(inHand, end - 1);
    return suspectEnd < offset
        ? new Ownership(me, false, 0, NOTHING, reserved)
        : new Ownership(me, false, died ? before.deaths + 1 : before.deaths, suspectEnd, reserved);
  }

  /** The same after more was reserved. */
  Ownership reserving(long last) {
    return new Ownership(owner, released, deaths, suspectEnd, last);
  }

  /** The same once all that was suspected has been answered. */
  Ownership acquitted() {
    return new Ownership(owner, released, 0, NOTHING, reserved);
  }

  /** The same when the owner lets go: what is suspected stays so. */
  Ownership letGo() {
    return new Ownership(owner, true, deaths, suspectEnd, reserved);
  }

  /** One line, for a record's value. */
  public String line() {
    return String.join(
        " ",
        VERSION,
        owner,
        released ? "released" : "owned",
        Integer.toString(deaths),
        Long.toString(suspectEnd),
        Long.toString(reserved));
  }

  /**
   * @return null where the line is of another make
   */
  public static @Nullable Ownership parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
      return null;
    }
    try {
      return new Ownership(
          fields[1],
          fields[2].equals("released"),
          Integer.parseInt(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[5]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
