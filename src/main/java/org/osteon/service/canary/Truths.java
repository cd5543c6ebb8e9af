package org.osteon.service.canary;

import java.util.Optional;
import org.osteon.event.ModelDeployment;

/** What people found in the end, as far as it speaks against a canary. */
@FunctionalInterface
public interface Truths {
  /** Says nothing. */
  Truths NONE = (canary, active) -> Optional.empty();

  /** Why the canary is clearly worse than what answers now, as a sentence; or nothing. */
  Optional<String> against(ModelDeployment canary, ModelDeployment active);
}
