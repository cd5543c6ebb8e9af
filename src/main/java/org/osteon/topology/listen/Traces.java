package org.osteon.topology.listen;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Told once of each record that ends, to record a span and to say what context is passed on.
 *
 * <p><b>Threading.</b> Called by stream threads, so by several at once, and in the path of each
 * image: be quick.
 */
@FunctionalInterface
public interface Traces {
  /** Records nothing: what came in the headers, a {@code traceparent} included, goes out again. */
  Traces NONE = (arrived, takenNanos, published) -> arrived;

  /**
   * @param arrived headers of the event; not changed
   * @param takenNanos {@link System#nanoTime()} when the record was taken from the topic
   * @param published the result or the dead letter
   * @return headers of what is published
   */
  Headers ended(Headers arrived, long takenNanos, SpecificRecord published);
}
