package org.osteon.topology.order;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.osteon.event.ImagingOrder;
import org.osteon.event.registry.RegistryRecordReader;

/**
 * Orders, where they are joined to images.
 *
 * @param topic of orders, with as many partitions as that of events
 * @param reader of its values
 * @param keep how long an order waits for its images, from when it was published
 */
public record OrderSettings(
    String topic, RegistryRecordReader<ImagingOrder> reader, Duration keep) {
  /** Longer than topics of orders are kept, so longer than any backlog that they could meet. */
  private static final long AHEAD_MILLIS = Duration.ofDays(31).toMillis();

  /**
   * The time by which Kafka Streams chooses between an order and an image: an order that is there
   * goes before all images that wait, else it would wait behind the backlog that it is to overtake.
   */
  public static long before(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, Math.max(record.timestamp(), partitionTime) - AHEAD_MILLIS);
  }
}
