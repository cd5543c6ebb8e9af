package org.osteon.service.health;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;
import org.osteon.topology.classify.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream thread's death means. What only waiting helps is waited for by another thread; what
 * only a restart or a person helps stops the service, in one sentence. Nothing was committed in
 * either case.
 *
 * <p><b>Threading.</b> Any stream thread.
 */
public final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
  private static final int MOST_DEATHS = 10;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final ArrayDeque<Long> deaths = new ArrayDeque<>();
  private final Health health;
  private final Runnable stop;

  /**
   * @param stop called once the service cannot go on
   */
  public FailurePolicy(Health health, Runnable stop) {
    this.health = health;
    this.stop = stop;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    Throwable refused = cause(exception, RegistryRefusedException.class);
    Throwable lost = cause(exception, DeviceLostException.class);
    Throwable denied = cause(exception, AuthorizationException.class);
    Throwable unknown = cause(exception, AuthenticationException.class);
    for (Throwable fatal : new @Nullable Throwable[] {refused, lost, denied, unknown}) {
      if (fatal != null) {
        return giveUp(String.valueOf(fatal.getMessage()));
      }
    }
    if (cause(exception, RegistryUnavailableException.class) != null) {
      LOG.warn("A stream thread gave up waiting for the schema registry; another goes on");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    Throwable away = cause(exception, StoreUnavailableException.class);
    if (away != null) {
      LOG.warn("{} Nothing was committed; another stream thread goes on", away.getMessage());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("A stream thread died; another takes over", exception);
    if (tooMany()) {
      return giveUp("Stream threads keep dying: " + exception + ".");
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private StreamThreadExceptionResponse giveUp(String why) {
    health.fatal(why);
    stop.run();
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized boolean tooMany() {
    long now = System.nanoTime();
    deaths.add(now);
    deaths.removeIf(at -> now - at > WITHIN_NANOS);
    return deaths.size() > MOST_DEATHS;
  }

  private static @Nullable Throwable cause(Throwable exception, Class<? extends Throwable> type) {
    Throwable at = exception;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return at;
      }
      at = at.getCause();
    }
    return null;
  }
}
