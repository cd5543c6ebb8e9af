package org.osteon.event;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;

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
    String what = "Cannot %s (%s)".formatted(task, cause.getMessage());
    return new KafkaFault(what + ": " + advice(cause) + ".", cause);
  }

  private static String advice(Throwable cause) {
    boolean noTopic = String.valueOf(cause.getMessage()).contains("not present in metadata");
    if (noTopic || cause instanceof UnknownTopicOrPartitionException) {
      return "run `osteon topics` first, or correct bootstrap.servers and the topic's name";
    }
    if (cause instanceof TimeoutException) {
      return "check that %s can be reached from here"
          .formatted(KafkaKeys.BOOTSTRAP_SERVERS.named());
    }
    if (cause instanceof AuthenticationException) {
      return "check kafka.sasl.* and kafka.ssl.*";
    }
    if (cause instanceof AuthorizationException) {
      return "give this user the right to";
    }
    if (cause instanceof RecordTooLargeException) {
      return "the topic is too small for image.max.bytes, `osteon topics` says how to mend it";
    }
    return "the brokers' logs may say more";
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

  /**
   * Makes a client of Kafka's.
   *
   * @throws ConfigException where it refuses its settings, or cannot log in with them
   */
  public static <T> T built(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message");
      throw new ConfigException(
          "Kafka's client refuses bootstrap.servers or a kafka.* setting (%s): correct it."
              .formatted(said),
          e);
    }
  }
}
