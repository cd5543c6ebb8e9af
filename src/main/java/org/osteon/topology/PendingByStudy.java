package org.osteon.topology;

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
final class PendingByStudy {
  private final Map<ByteBuffer, ArrayDeque<Pending>> studies = new HashMap<>();
  private int size;

  void add(Pending pending) {
    studies.computeIfAbsent(pending.order, study -> new ArrayDeque<>(2)).add(pending);
    size++;
  }

  /** Marks a record as done and hands out, in order, what its study can now let go. */
  void done(Pending pending, Consumer<Pending> forward) {
    pending.done = true;
    ArrayDeque<Pending> study = studies.get(pending.order);
    if (study == null) {
      throw new IllegalStateException("A record ended twice.");
    }
    for (Pending head = study.peek(); head != null && head.done; head = study.peek()) {
      forward.accept(head);
      study.remove();
      size--;
    }
    if (study.isEmpty()) {
      studies.remove(pending.order);
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
