package org.osteon.reports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.event.ImagingOrder;
import org.osteon.event.KafkaFault;
import org.osteon.event.registry.EventSerdes;

/**
 * Writes orders to {@code topics.orders}, each to every partition: an order that has an accession
 * number alone may be of a study on any of them, and is there before its images are.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class OrderPublisher {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<ImagingOrder> serializer;
  private final String topic;

  /**
   * @param producer closed by its creator
   * @param topic {@code topics.orders}
   */
  OrderPublisher(Producer<byte[], byte[]> producer, EventSerdes serdes, String topic) {
    this.producer = producer;
    this.serializer = serdes.orders().serializer();
    this.topic = topic;
  }

  /**
   * Returns when the brokers have acknowledged all copies.
   *
   * @throws KafkaFault one or more did not arrive; publishing all of them again does no harm
   */
  void publish(List<ImagingOrder> orders) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      int partitions = producer.partitionsFor(topic).size();
      for (ImagingOrder order : orders) {
        byte[] key = key(order).getBytes(StandardCharsets.UTF_8);
        byte[] value = serializer.serialize(topic, order);
        for (int partition = 0; partition < partitions; partition++) {
          sent.add(producer.send(new ProducerRecord<>(topic, partition, key, value)));
        }
      }
    } catch (KafkaException e) {
      throw KafkaFault.of("write to " + topic, e);
    }
    sent.forEach(each -> KafkaFault.get("write to " + topic, each));
  }

  private static String key(ImagingOrder order) {
    return order.getStudyInstanceUid() == null
        ? Objects.requireNonNull(order.getAccessionNumber())
        : order.getStudyInstanceUid();
  }
}
