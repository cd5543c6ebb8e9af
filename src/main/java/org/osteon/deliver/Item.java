package org.osteon.deliver;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Source;

/**
 * A record that a target has not got yet.
 *
 * <p><b>Threading.</b> The target's.
 */
final class Item {
  private final ConsumerRecord<byte[], byte[]> origin;
  private final byte[] value;
  private final Source source;
  private final boolean redriven;
  private @Nullable ClassificationResult result;
  private int attempts;
  private long dueNanos;

  /**
   * @param value the result's record
   * @param source where the result lay first
   * @param redriven whether somebody asked for it again, so that it waits for nothing
   * @param attempts before this process
   */
  Item(
      ConsumerRecord<byte[], byte[]> origin,
      byte[] value,
      Source source,
      boolean redriven,
      int attempts) {
    this.origin = origin;
    this.value = value;
    this.source = source;
    this.redriven = redriven;
    this.attempts = attempts;
    this.dueNanos = System.nanoTime();
  }

  ConsumerRecord<byte[], byte[]> origin() {
    return origin;
  }

  long offset() {
    return origin.offset();
  }

  byte[] value() {
    return value;
  }

  /** Where the result lay first, also where it was redriven. */
  Source source() {
    return source;
  }

  boolean isRedriven() {
    return redriven;
  }

  /** Null until it was decoded. */
  @Nullable ClassificationResult result() {
    return result;
  }

  void decoded(ClassificationResult as) {
    result = as;
  }

  int attempts() {
    return attempts;
  }

  void tried() {
    attempts++;
  }

  /** The last attempt was none: the target was away. */
  void wasNotTried() {
    attempts--;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  void waitUntil(long nanos) {
    dueNanos = nanos;
  }
}
