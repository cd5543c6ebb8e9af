package org.osteon.topology.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelRef;

/**
 * Which model images go to. After a switch they go to the new one, while those in the old one end
 * there: none is asked of two versions, and none waits for the switch.
 *
 * <p><b>Threading.</b> Any; a switch is one assignment under a lock that is held for no longer.
 */
public final class ActiveModels {
  /** Versions whose terms are remembered, for results that are published again. */
  private static final int REMEMBERED = 16;

  private final Map<ModelRef, DecisionPolicy> known = new LinkedHashMap<>();
  private ActiveModel current;
  private volatile @Nullable Candidate candidate;

  /**
   * @param first taken until there is another
   */
  public ActiveModels(ActiveModel first) {
    current = first;
    known.put(first.policy().identity(), first.policy());
  }

  /** The model that images go to now. */
  public synchronized ActiveModel current() {
    return current;
  }

  /**
   * From now on images go to this model.
   *
   * @return the one they took before; not idle yet
   */
  public synchronized ActiveModel switchTo(ActiveModel next) {
    ActiveModel before = current;
    current = next;
    known.put(next.policy().identity(), next.policy());
    if (known.size() > REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    return before;
  }

  /** Whether a model that was left can be closed: no caller submits to it and nothing is in it. */
  public synchronized boolean idle(ActiveModel left) {
    return left != current && left.idle();
  }

  /** The current model, which is not idle until {@link #leave}. */
  public synchronized ActiveModel enter() {
    current.users(1);
    return current;
  }

  public synchronized void leave(ActiveModel model) {
    model.users(-1);
  }

  /** From now on this candidate answers its studies; null for none. */
  public synchronized void candidateIs(@Nullable Candidate next) {
    candidate = next;
    if (next != null) {
      known.put(next.policy().identity(), next.policy());
    }
  }

  /** What answers this study in the current model's place; null where none does. */
  public @Nullable Candidate candidateFor(String studyInstanceUid) {
    Candidate now = candidate;
    return now != null && now.takes(studyInstanceUid) ? now : null;
  }

  /** Whether that version answers now, as the current one or as the candidate. */
  public synchronized boolean answers(ModelRef identity) {
    return identity.equals(current.policy().identity())
        || (candidate != null && identity.equals(candidate.policy().identity()));
  }

  /** Terms of the version that gave a result; where it is not known here, of the current one. */
  public synchronized DecisionPolicy policyOf(ModelRef identity) {
    return known.getOrDefault(identity, current.policy());
  }
}
