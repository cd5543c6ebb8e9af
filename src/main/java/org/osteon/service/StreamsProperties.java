package org.osteon.service;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.RecordSizes;
import org.osteon.event.TopicPlan;
import org.osteon.fetch.FetchSettings;
import org.osteon.streams.StateFolder;
import org.osteon.topology.StreamsPlan;

/** What Kafka Streams is started with: what is derived, and the operator's own on top of it. */
final class StreamsProperties {
  private StreamsProperties() {}

  /**
   * @throws ConfigException where an override cannot work
   */
  static Properties of(Settings settings, StreamsPlan plan) {
    boolean orders = TopicPlan.joinsOrders(settings);
    Map<String, String> inForce = new HashMap<>(plan.properties());
    if (orders) {
      inForce.putAll(plan.withOrders());
    }
    Map<String, String> own = new HashMap<>(settings.streams());
    VoidingOverrides.check(own, "streams.");
    VoidingOverrides.check(settings.kafka(), "kafka.");
    inForce.replaceAll((key, derived) -> override(own, key, derived));
    try {
      plan.check(inForce);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
    Properties properties = new Properties();
    // Without orders a task has one partition: there is no other to wait for, and the look at
    // whether there is formats a message each time, a seventh of what an image allocates beside
    // itself. With orders a task waits for those that the brokers have, and for no others: else
    // images would go before orders that were there first.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, orders ? "0" : "-1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, StateFolder.standard().toString());
    properties.putAll(settings.kafka());
    properties.putAll(own);
    properties.putAll(inForce);
    properties.put("application.id", settings.get(KafkaKeys.APPLICATION_ID));
    properties.put("bootstrap.servers", settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    properties.put("group.protocol", settings.get(KafkaKeys.GROUP_PROTOCOL));
    return properties;
  }

  /**
   * What the stream is laid out for.
   *
   * @param partitions of the events topic
   */
  static StreamsPlan plan(Settings settings, int partitions, FetchSettings fetching) {
    RecordSizes sizes = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES));
    return new StreamsPlan(
        settings.exactlyOnce(),
        threads(settings),
        settings.get(ImageKeys.MEMORY_BUDGET_MB),
        sizes.event(),
        sizes.deadLetter(),
        partitions,
        settings.get(BatchKeys.BATCH_MAX_DELAY_MS),
        longestStep(settings, fetching.any() ? fetching.timeout() : Duration.ZERO));
  }

  /** Of the changelogs, and so of what is made by the same user at the same time. */
  static Optional<Short> replication(Properties streams) {
    return Optional.ofNullable(streams.get(StreamsConfig.REPLICATION_FACTOR_CONFIG))
        .map(factor -> Short.valueOf(factor.toString()));
  }

  /** How long a transaction of the service may be open before the brokers end it. */
  static Duration transactionTimeout(Properties streams, StreamsPlan plan) {
    Object inForce = streams.get("producer.transaction.timeout.ms");
    return inForce == null
        ? plan.transactionTimeout()
        : Duration.ofMillis(Long.parseLong(inForce.toString()));
  }

  /**
   * The longest that one step of an image may take before it counts as hung.
   *
   * @param fetch {@code fetch.timeout.ms}; zero where nothing is fetched
   */
  static Duration longestStep(Settings settings, Duration fetch) {
    Duration decode =
        settings.get(ImageKeys.DECODE_ISOLATION)
            ? settings.get(ImageKeys.IMAGE_DECODE_TIMEOUT_MS)
            : Duration.ZERO;
    return Collections.max(List.of(settings.get(BatchKeys.INFERENCE_TIMEOUT_MS), decode, fetch));
  }

  /** Threads of Kafka Streams: asked for, or two, so that one's drain leaves the other feeding. */
  static int threads(Settings settings) {
    String asked = settings.streams().get("num.stream.threads");
    try {
      int threads = asked == null ? 2 : Integer.parseInt(asked.trim());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "streams.num.stream.threads is '" + asked + "', which is no number.");
    }
    throw new ConfigException("streams.num.stream.threads is " + asked + "; give at least 1.");
  }

  /** A setting of one client may be given for that client, for its kind, or for all. */
  private static String override(Map<String, String> own, String key, String derived) {
    String candidate = key;
    while (true) {
      String value = own.get(candidate);
      if (value != null) {
        return value;
      }
      if (candidate.startsWith("main.consumer.")) {
        candidate = candidate.substring("main.".length());
      } else if (candidate.startsWith("consumer.")) {
        candidate = candidate.substring("consumer.".length());
      } else if (candidate.startsWith("producer.")) {
        candidate = candidate.substring("producer.".length());
      } else {
        return derived;
      }
    }
  }
}
