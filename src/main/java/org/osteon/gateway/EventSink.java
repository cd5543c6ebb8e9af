package org.osteon.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.osteon.event.XRayEvent;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;

/** Where events go, and whose they are; done when the brokers have acknowledged. */
@FunctionalInterface
public interface EventSink {
  /**
   * @return fails, or the call throws, where the event did not arrive
   */
  Future<?> publish(XRayEvent event);

  /**
   * Keeps whose an image is, where the site wants that; called and waited for before its event is
   * published, so that no result comes to be whose patient is unknown.
   *
   * @return fails, or the call throws, where it is not kept
   */
  default Future<?> keep(IdentitySeal.Pseudonymous image, Original original) {
    return CompletableFuture.completedFuture(null);
  }
}
