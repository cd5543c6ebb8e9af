package org.osteon.performance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.FindingCount;
import org.osteon.event.Performance;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/** What {@code topics.performance} holds, as a reader of what is committed sees it. */
public final class Standings implements AutoCloseable {
  private final Map<String, Performance> held = new TreeMap<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<Performance> deserializer;
  private final String topic;
  private int records;

  /** From the beginning on. */
  public Standings(Settings settings) {
    topic = settings.get(TopicKeys.PERFORMANCE);
    deserializer =
        new EventSerdes(Registry.connect(settings), settings).performance().deserializer();
    consumer = PlainClients.consumer(settings, Map.of("auto.offset.reset", "earliest"));
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on for a moment. */
  public Standings read() {
    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
      records++;
      String key = new String(each.key(), StandardCharsets.UTF_8);
      if (each.value() == null) {
        held.remove(key);
      } else {
        held.put(key, Objects.requireNonNull(deserializer.deserialize(topic, each.value())));
      }
    }
    return this;
  }

  /** Records that were read. */
  public int records() {
    return records;
  }

  /** Studies by finding and truth of a group's thirty days. */
  public Map<String, Long> table(String group) {
    Map<String, Long> table = new TreeMap<>();
    Performance figures = held.get(group + "\tTHIRTY_DAYS");
    if (figures != null) {
      for (FindingCount each : figures.getCounts()) {
        table.merge(each.getFinding() + " " + each.getTruth(), each.getStudies(), Long::sum);
      }
    }
    return table;
  }

  /** Studies of that group. */
  public long studies(String group) {
    return table(group).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
