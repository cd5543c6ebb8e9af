package org.osteon.truth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.event.KafkaFault;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;

/**
 * Writes truths to {@code topics.truths}, by study, else by order.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class TruthPublisher {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<Truth> serializer;
  private final String topic;

  /**
   * @param producer closed by its creator
   * @param topic {@code topics.truths}
   */
  public TruthPublisher(Producer<byte[], byte[]> producer, EventSerdes serdes, String topic) {
    this.producer = producer;
    this.serializer = serdes.truths().serializer();
    this.topic = topic;
  }

  /**
   * Returns when the brokers have acknowledged all of them.
   *
   * @throws KafkaFault one or more did not arrive; publishing all of them again does no harm
   */
  public void publish(List<Truth> truths) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      for (Truth truth : truths) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic,
                    key(truth).getBytes(StandardCharsets.UTF_8),
                    serializer.serialize(topic, truth))));
      }
    } catch (KafkaException e) {
      throw KafkaFault.of("write to " + topic, e);
    }
    sent.forEach(each -> KafkaFault.get("write to " + topic, each));
  }

  /** What is said of one study, or of one order, stays in order. */
  private static String key(Truth truth) {
    String accession = truth.getAccessionNumber();
    return truth.getStudyInstanceUid().isEmpty() && accession != null
        ? accession
        : truth.getStudyInstanceUid();
  }
}
