package org.osteon.console;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.event.AuditEntry;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.registry.EventSerdes;

/** What the console's tests put into topics. */
final class ConsoleTopics {
  private ConsoleTopics() {}

  static <T extends SpecificRecord> void put(
      Settings settings, String topic, Serde<T> serde, T value) throws Exception {
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      byte[] bytes = serde.serializer().serialize(topic, value);
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, bytes)).get();
    }
  }

  /** Of the value 9, 9. */
  static DeadLetter letter(Settings settings, Stage stage, String reason) {
    return DeadLetter.newBuilder()
        .setSource(new Source(settings.get(TopicKeys.EVENTS), 0, 1L, 2L))
        .setStage(stage)
        .setReason(reason)
        .setMessage("Why.")
        .setOriginalKey(ByteBuffer.wrap(new byte[] {1, 1}))
        .setOriginalValue(ByteBuffer.wrap(new byte[] {9, 9}))
        .setAttempts(1)
        .setApplicationId("osteon")
        .setFailedAt(Instant.ofEpochMilli(5))
        .build();
  }

  /** Who did what to what, and how far it is. */
  static List<String> audit(Settings settings, EventSerdes serdes) throws Exception {
    List<String> entries = new ArrayList<>();
    String topic = settings.get(TopicKeys.AUDIT);
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> {
          AuditEntry entry = serdes.audit().deserializer().deserialize(topic, found.value());
          entries.add(
              "%s %s %s %s"
                  .formatted(
                      entry.getAction(), entry.getSubject(), entry.getOutcome(), entry.getWho()));
        });
    return entries;
  }
}
