package org.osteon.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osteon.event.ModelRef;

/**
 * Which lane images take. After a switch, images go to the new one, while those in the old one end
 * there: none is asked of two versions, and none waits for the switch.
 *
 * <p><b>Threading.</b> Any; a switch is one assignment under a lock that is held for no longer.
 */
public final class Lanes {
  /** Versions whose terms are remembered, for results that are published again. */
  private static final int REMEMBERED = 16;

  private final Map<ModelRef, ModelTerms> known = new LinkedHashMap<>();
  private Lane current;

  /**
   * @param first taken until there is another
   */
  public Lanes(Lane first) {
    current = first;
    known.put(first.terms().identity(), first.terms());
  }

  /** The lane that images take now. */
  public synchronized Lane current() {
    return current;
  }

  /**
   * From now on images take this lane.
   *
   * @return the one they took before; not idle yet
   */
  public synchronized Lane switchTo(Lane next) {
    Lane before = current;
    current = next;
    known.put(next.terms().identity(), next.terms());
    if (known.size() > REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    return before;
  }

  /** Whether a lane that was left can be closed: nobody submits to it and nothing is in it. */
  public synchronized boolean idle(Lane left) {
    return left != current && left.idle();
  }

  /** The current lane, which is not idle until {@link #leave}. */
  synchronized Lane enter() {
    current.users(1);
    return current;
  }

  synchronized void leave(Lane lane) {
    lane.users(-1);
  }

  /** Terms of the version that gave a result; where it is not known here, of the current one. */
  synchronized ModelTerms termsOf(ModelRef identity) {
    return known.getOrDefault(identity, current.terms());
  }
}
