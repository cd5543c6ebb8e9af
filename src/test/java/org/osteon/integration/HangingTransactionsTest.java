package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.service.health.HangingTransactions;
import org.osteon.testing.Platform;

/**
 * A transaction that nobody ends, as brokers leave one that they forget to mark: to readers an open
 * one is the same.
 */
@Tag("integration")
class HangingTransactionsTest {
  @Test
  void aTransactionThatIsOpenForTooLongIsFoundUntilItEnds() throws Exception {
    String topic = "alerts-" + UUID.randomUUID();
    Map<String, Object> client = Map.of("bootstrap.servers", Platform.broker().bootstrapServers());
    Map<String, Object> writing = new HashMap<>(client);
    writing.put("transactional.id", topic);
    try (Admin admin = Admin.create(client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        HangingTransactions watch =
            new HangingTransactions(client, List.of(topic), Duration.ofSeconds(1))) {
      admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, new byte[1])).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 2, null, new byte[1])).get();
      assertThat(watch.partitions()).isZero();
      watch.start(Duration.ofMillis(100));
      await().until(() -> watch.partitions() == 1);
      producer.commitTransaction();
      await().until(() -> watch.partitions() == 0);
    }
  }
}
