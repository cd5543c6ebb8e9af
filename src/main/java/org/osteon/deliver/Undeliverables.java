package org.osteon.deliver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Outcome;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.KafkaFault;
import org.osteon.event.Redrives;
import org.osteon.event.Undelivered;

/**
 * Puts into {@code topics.undelivered} what a target refused for good, and returns when it is
 * there.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class Undeliverables {
  private static final String UNKNOWN = "unknown";

  private final Producer<byte[], byte[]> producer;
  private final Serializer<Undelivered> serializer;
  private final String topic;

  Undeliverables(
      Producer<byte[], byte[]> producer, Serializer<Undelivered> serializer, String topic) {
    this.producer = producer;
    this.serializer = serializer;
    this.topic = topic;
  }

  /**
   * @param target its name
   * @param refused why, in words that hold nothing of a patient
   * @throws KafkaFault it could not be written
   */
  void add(String target, Item item, Outcome.Refused refused) {
    ConsumerRecord<byte[], byte[]> origin = item.origin();
    @Nullable ClassificationResult result = item.result();
    String study =
        result == null
            ? origin.key() == null ? UNKNOWN : new String(origin.key(), StandardCharsets.UTF_8)
            : result.getStudyInstanceUid();
    Undelivered undelivered =
        Undelivered.newBuilder()
            .setTarget(target)
            .setResultId(result == null ? UNKNOWN : result.getResultId())
            .setStudyInstanceUid(study)
            .setFacility(result == null ? UNKNOWN : result.getFacility())
            .setFinding(result == null ? Finding.UNKNOWN : result.getFinding())
            .setReason(refused.reason())
            .setWords(refused.words())
            .setAttempts(item.attempts())
            .setSource(item.source())
            .setResult(ByteBuffer.wrap(item.value()))
            .setFailedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
            .build();
    RecordHeaders headers = new RecordHeaders();
    int redrives = Redrives.of(origin.headers());
    if (redrives > 0) {
      // Under another name: a record that is redriven is what a target must act on.
      headers.add(Redrives.BEFORE, Integer.toString(redrives).getBytes(StandardCharsets.US_ASCII));
    }
    KafkaFault.get(
        "write to " + topic,
        producer.send(
            new ProducerRecord<>(
                topic,
                null,
                null,
                study.getBytes(StandardCharsets.UTF_8),
                serializer.serialize(topic, undelivered),
                headers)));
  }
}
