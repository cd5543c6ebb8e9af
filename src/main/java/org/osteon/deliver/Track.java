package org.osteon.deliver;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a target is in one partition. What lies before the committed offset is done; beside it
 * the commit says, in its metadata, what behind it is done too and how often the rest was tried, so
 * that a target's thread that was killed knows both.
 *
 * <p><b>Threading.</b> The target's.
 */
final class Track {
  /** Records that may be open or done behind the first that is open; then the partition rests. */
  static final int MOST = 400;

  private static final String VERSION = "1";

  private final NavigableMap<Long, Item> open = new TreeMap<>();
  private final NavigableSet<Long> done = new TreeSet<>();
  private final TreeMap<Long, Integer> tried = new TreeMap<>();
  private long next;

  private Track(long next) {
    this.next = next;
  }

  /** As it was committed. */
  static Track of(OffsetAndMetadata committed) {
    long offset = committed.offset();
    Track track = new Track(offset);
    String[] parts = committed.metadata().split(";", -1);
    if (parts.length == 3 && parts[0].equals(VERSION)) {
      for (String each : parts[1].isEmpty() ? new String[0] : parts[1].split(",")) {
        track.done.add(offset + Long.parseLong(each));
      }
      for (String each : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
        int colon = each.indexOf(':');
        track.tried.put(
            offset + Long.parseLong(each.substring(0, colon)),
            Integer.parseInt(each.substring(colon + 1)));
      }
    }
    return track;
  }

  /** What is to be committed now. */
  OffsetAndMetadata mark() {
    long offset = open.isEmpty() ? next : open.firstKey();
    StringBuilder text = new StringBuilder(VERSION).append(';');
    String comma = "";
    for (long each : done.tailSet(offset)) {
      text.append(comma).append(each - offset);
      comma = ",";
    }
    text.append(';');
    comma = "";
    for (Item each : open.values()) {
      if (each.attempts() > 0) {
        text.append(comma).append(each.offset() - offset).append(':').append(each.attempts());
        comma = ",";
      }
    }
    return new OffsetAndMetadata(offset, text.toString());
  }

  /** How often the record there was tried before this process. */
  int triedBefore(long offset) {
    return tried.getOrDefault(offset, 0);
  }

  /** Whether the record there was done before this process. */
  boolean isDone(long offset) {
    return done.contains(offset);
  }

  /** A record that nothing is to be done about. */
  void passed(long offset) {
    next = Math.max(next, offset + 1);
    if (!open.isEmpty()) {
      done.add(offset);
    }
  }

  void opened(Item item) {
    next = Math.max(next, item.offset() + 1);
    open.put(item.offset(), item);
  }

  void finished(Item item) {
    open.remove(item.offset());
    done.add(item.offset());
    long first = open.isEmpty() ? next : open.firstKey();
    done.headSet(first).clear();
  }

  /** Where the consumer stands, where that is further than the last record: behind markers. */
  void reached(long position) {
    next = Math.max(next, position);
  }

  boolean isFull() {
    return open.size() + done.size() >= MOST;
  }

  Collection<Item> open() {
    return open.values();
  }
}
