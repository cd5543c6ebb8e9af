package org.osteon.event;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** The brokers could not do something, in one sentence that says what to check. */
public final class KafkaFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private KafkaFault(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param task what was to be done, to follow "Cannot"
   * @param cause what the client met
   */
  public static KafkaFault of(String task, Throwable cause) {
    String advice;
    if (cause instanceof TimeoutException) {
      advice = "check that bootstrap.servers can be reached from here";
    } else if (cause instanceof AuthenticationException) {
      advice = "check kafka.sasl.* and kafka.ssl.*";
    } else if (cause instanceof AuthorizationException) {
      advice = "give this user the right to";
    } else {
      advice = "see the reason before the colon";
    }
    return new KafkaFault("Cannot %s (%s): %s.".formatted(task, cause.getMessage(), advice), cause);
  }

  /**
   * @return what the future gives
   * @throws KafkaFault it failed, or the thread was interrupted, which stays set
   */
  public static <T> T get(String task, Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw of(task, cause == null ? e : cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw of(task, e);
    }
  }
}
