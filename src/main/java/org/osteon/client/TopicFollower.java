package org.osteon.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.osteon.config.Settings;
import org.osteon.event.KafkaFault;

/**
 * Reads a topic as it grows, what is committed only, without joining a group.
 *
 * <p><b>Threading.</b> One thread follows; any thread may {@link #stop} it.
 */
public final class TopicFollower implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * Takes its place in the topic: what is published from now on is seen.
   *
   * @throws KafkaFault the brokers cannot be reached
   * @throws OperationFailedException there is no such topic
   */
  public TopicFollower(Settings settings, String topic, boolean fromBeginning) {
    this(settings, List.of(topic), fromBeginning, Map.of());
  }

  /**
   * The same for several topics at once.
   *
   * @param further settings of the consumer, stronger than {@code kafka.*}
   */
  public TopicFollower(
      Settings settings, List<String> topics, boolean fromBeginning, Map<String, Object> further) {
    this.topic = String.join(", ", topics);
    Map<String, Object> config = new HashMap<>(further);
    config.put("allow.auto.create.topics", false);
    this.consumer = PlainClients.consumer(settings, config);
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      topics.forEach(each -> partitions.addAll(partitions(consumer, each)));
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      // Seeking is lazy: without this, "from now on" would begin with the first poll.
      partitions.forEach(consumer::position);
    } catch (KafkaException e) {
      consumer.close();
      throw KafkaFault.of("follow topic " + topic, e);
    } catch (OperationFailedException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * What was published since a moment, and then as the topic grows.
   *
   * @throws KafkaFault the brokers cannot be reached
   * @throws OperationFailedException there is no such topic
   */
  public static TopicFollower since(
      Settings settings, String topic, Instant since, Map<String, Object> further) {
    TopicFollower follower = new TopicFollower(settings, List.of(topic), false, further);
    try {
      TopicWindow.seek(follower.consumer, since);
      return follower;
    } catch (KafkaException e) {
      follower.close();
      throw KafkaFault.of("follow topic " + topic, e);
    }
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new OperationFailedException(
          "There is no topic %s: run `osteon topics` first, or correct its name.".formatted(topic));
    }
    return found.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  /**
   * Hands over each record until {@link #stop} or until the reader has had enough.
   *
   * @param reader true to go on
   */
  public void follow(Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    try {
      while (!stopped.get()) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          if (!reader.test(each)) {
            return;
          }
        }
      }
    } catch (WakeupException e) {
      if (!stopped.get()) {
        throw e;
      }
    } catch (KafkaException e) {
      throw KafkaFault.of("follow topic " + topic, e);
    }
  }

  /**
   * Hands over what has come, waiting so long for the first.
   *
   * @return how many there were
   */
  public int poll(
      Duration wait, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
      records.forEach(reader);
      return records.count();
    } catch (KafkaException e) {
      throw KafkaFault.of("follow topic " + topic, e);
    }
  }

  /** Ends {@link #follow} soon. */
  public void stop() {
    stopped.set(true);
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
