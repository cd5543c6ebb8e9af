package org.osteon.performance;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream thread's death means here: what only waiting helps is waited for by another thread,
 * what a person must mend stops the process in one sentence. Nothing was committed in either case.
 *
 * <p><b>Threading.</b> Any stream thread.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);
  private static final int MOST_DEATHS = 10;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int DEPTH = 20;
  private static final List<Class<? extends Throwable>> FATAL =
      List.of(
          RegistryRefusedException.class,
          AuthorizationException.class,
          AuthenticationException.class,
          MissingSourceTopicException.class);

  private final ArrayDeque<Long> deaths = new ArrayDeque<>();
  private final Consumer<String> fatal;

  /**
   * @param fatal told why, once the process cannot go on
   */
  StreamFailures(Consumer<String> fatal) {
    this.fatal = fatal;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    Throwable at = exception;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      for (Class<? extends Throwable> type : FATAL) {
        if (type.isInstance(at)) {
          return giveUp(String.valueOf(at.getMessage()));
        }
      }
      if (at instanceof RegistryUnavailableException) {
        LOG.warn("A stream thread gave up waiting for the schema registry; another goes on");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
      at = at.getCause();
    }
    LOG.error("A stream thread died; another takes over", exception);
    return tooMany()
        ? giveUp("Stream threads keep dying: " + exception + ".")
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private StreamThreadExceptionResponse giveUp(String why) {
    fatal.accept(why);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized boolean tooMany() {
    long now = System.nanoTime();
    deaths.add(now);
    deaths.removeIf(at -> now - at > WITHIN_NANOS);
    return deaths.size() > MOST_DEATHS;
  }
}
