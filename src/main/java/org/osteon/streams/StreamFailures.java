package org.osteon.streams;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream thread's death means. What only waiting helps is waited for by another thread; what
 * only a restart or a person helps stops the process, in one sentence. Nothing was committed in
 * either case.
 *
 * <p><b>Threading.</b> Any stream thread.
 */
public final class StreamFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);
  private static final int MOST_DEATHS = 10;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int DEEPEST = 20;

  private final ArrayDeque<Long> deaths = new ArrayDeque<>();
  private final List<Class<? extends Throwable>> fatal;
  private final List<Class<? extends Throwable>> waiting;
  private final Consumer<String> stop;

  /**
   * @param fatal what a thread may die of that stops the process, whose message says why
   * @param waiting what it may die of that is waited for, whose message says what
   * @param stop told why, once the process cannot go on
   */
  public StreamFailures(
      List<Class<? extends Throwable>> fatal,
      List<Class<? extends Throwable>> waiting,
      Consumer<String> stop) {
    this.fatal = fatal;
    this.waiting = waiting;
    this.stop = stop;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    Throwable gone = cause(exception, fatal);
    if (gone != null) {
      return giveUp(String.valueOf(gone.getMessage()));
    }
    Throwable away = cause(exception, waiting);
    if (away != null) {
      LOG.warn("{} Nothing was committed; another stream thread goes on", away.getMessage());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("A stream thread died; another takes over", exception);
    return tooMany()
        ? giveUp("Stream threads keep dying: " + exception + ".")
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private StreamThreadExceptionResponse giveUp(String why) {
    stop.accept(why);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized boolean tooMany() {
    long now = System.nanoTime();
    deaths.add(now);
    deaths.removeIf(at -> now - at > WITHIN_NANOS);
    return deaths.size() > MOST_DEATHS;
  }

  private static @Nullable Throwable cause(
      Throwable exception, List<Class<? extends Throwable>> types) {
    Throwable at = exception;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      for (Class<? extends Throwable> type : types) {
        if (type.isInstance(at)) {
          return at;
        }
      }
      at = at.getCause();
    }
    return null;
  }
}
