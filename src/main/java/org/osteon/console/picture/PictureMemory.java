package org.osteon.console.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;

/**
 * The newest events with their picture files, for a while and up to so many bytes.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class PictureMemory {
  /** Of an event beside its file. */
  private static final int SMALL = 1024;

  private final Map<String, Kept> events = new LinkedHashMap<>();
  private final Duration age;
  private final long mostBytes;
  private long bytes;

  /** An event, what it takes, and when it was published. */
  private record Kept(XRayEvent event, int bytes, Instant at) {}

  PictureMemory(Duration age, long mostBytes) {
    this.age = age;
    this.mostBytes = mostBytes;
  }

  void put(XRayEvent event, Instant now) {
    int size =
        SMALL + (event.getImage() instanceof InlineImage file ? file.getData().remaining() : 0);
    put(new Kept(event, size, event.getPublishedAt()), now);
  }

  private synchronized void put(Kept kept, Instant now) {
    forget(now);
    if (kept.bytes > mostBytes || kept.at.isBefore(now.minus(age))) {
      return;
    }
    Kept before = events.remove(kept.event.getEventId());
    bytes -= before == null ? 0 : before.bytes;
    events.put(kept.event.getEventId(), kept);
    bytes += kept.bytes;
    Iterator<Kept> oldest = events.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  /** Null where it never was, or is no longer. */
  synchronized @Nullable XRayEvent get(String event, Instant now) {
    forget(now);
    Kept kept = events.get(event);
    return kept == null ? null : kept.event;
  }

  /** Bytes that are held. */
  synchronized long bytes() {
    return bytes;
  }

  private void forget(Instant now) {
    Instant end = now.minus(age);
    events
        .values()
        .removeIf(
            each -> {
              boolean old = each.at.isBefore(end);
              bytes -= old ? each.bytes : 0;
              return old;
            });
  }
}
