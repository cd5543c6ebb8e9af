package org.osteon.topology.record;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pending records in the order of their study: what is done leaves as soon as nothing of its own
 * study is before it, whatever other studies wait for.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class PendingByStudy {
  private final Map<ByteBuffer, ArrayDeque<Pending>> studies = new HashMap<>();
  private final ArrayDeque<Pending> arrivals = new ArrayDeque<>();
  private int size;

  public void add(Pending pending) {
    arrivals.add(pending);
    studies.computeIfAbsent(pending.order, study -> new ArrayDeque<>(2)).add(pending);
    size++;
  }

  /** Marks a record as done and hands out, in order, what its study can now let go. */
  public void done(Pending pending, Consumer<Pending> forward) {
    pending.done = true;
    ArrayDeque<Pending> study = studies.get(pending.order);
    if (study == null) {
      throw new IllegalStateException("A record ended twice.");
    }
    for (Pending head = study.peek(); head != null && head.done; head = study.peek()) {
      forward.accept(head);
      study.remove();
      head.left = true;
      size--;
    }
    while (!arrivals.isEmpty() && arrivals.peek().left) {
      arrivals.remove();
    }
    if (study.isEmpty()) {
      studies.remove(pending.order);
    }
  }

  /** Timestamp of the record that came first of those still there; 0 where there is none. */
  public long oldestMillis() {
    Pending oldest = arrivals.peek();
    return oldest == null ? 0 : oldest.origin.timestamp();
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }
}
