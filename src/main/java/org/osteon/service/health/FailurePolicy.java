package org.osteon.service.health;

import java.util.List;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;
import org.osteon.streams.StreamFailures;
import org.osteon.topology.classify.StoreUnavailableException;

/** What ends the service, and what another thread of it waits for. */
public final class FailurePolicy {
  private FailurePolicy() {}

  /**
   * @param stop called once the service cannot go on, after health says why
   */
  public static StreamFailures of(Health health, Runnable stop) {
    return new StreamFailures(
        List.of(
            RegistryRefusedException.class,
            DeviceLostException.class,
            AuthorizationException.class,
            AuthenticationException.class),
        List.of(RegistryUnavailableException.class, StoreUnavailableException.class),
        why -> {
          health.fatal(why);
          stop.run();
        });
  }
}
