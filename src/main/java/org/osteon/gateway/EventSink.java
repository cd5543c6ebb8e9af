package org.osteon.gateway;

import java.util.concurrent.Future;
import org.osteon.event.XRayEvent;

/** Where events go; done when the brokers have acknowledged. */
@FunctionalInterface
public interface EventSink {
  /**
   * @return fails, or the call throws, where the event did not arrive
   */
  Future<?> publish(XRayEvent event);
}
