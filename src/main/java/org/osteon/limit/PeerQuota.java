package org.osteon.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * So many of something for all peers together, and fewer for each: one that takes all it can get
 * leaves some to the others.
 *
 * <p><b>Threading.</b> Any.
 */
public final class PeerQuota {
  private final Map<InetAddress, Integer> taken = new HashMap<>();
  private final int all;
  private final int each;
  private int sum;

  /**
   * @param all of all peers together
   * @param each of one
   */
  public PeerQuota(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /** One of them; close it once to give it back, again to no effect. */
  public final class Slot implements AutoCloseable {
    private final InetAddress peer;
    private boolean open = true;

    private Slot(InetAddress peer) {
      this.peer = peer;
    }

    @Override
    public void close() {
      synchronized (PeerQuota.this) {
        if (open) {
          open = false;
          sum--;
          taken.computeIfPresent(peer, (at, count) -> count == 1 ? null : count - 1);
          PeerQuota.this.notifyAll();
        }
      }
    }
  }

  /** One, where there is one for that peer now. */
  public synchronized @Nullable Slot take(InetAddress peer) {
    if (sum >= all || taken.getOrDefault(peer, 0) >= each) {
      return null;
    }
    sum++;
    taken.merge(peer, 1, Integer::sum);
    return new Slot(peer);
  }

  /** One, where there is one within that time. */
  public synchronized @Nullable Slot take(InetAddress peer, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Slot slot = take(peer);
    while (slot == null) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return null;
      }
      wait(left);
      slot = take(peer);
    }
    return slot;
  }
}
