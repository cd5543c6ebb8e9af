package org.osteon.config.keys;

import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Brokers, registry and how the stream is processed. */
public final class KafkaKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<String> BOOTSTRAP_SERVERS =
      KEYS.add(
          new Setting<>(
              "bootstrap.servers",
              null,
              ValueTypes.servers(),
              "The Kafka brokers that are asked first.",
              "Name at least two: with one, nothing starts while that broker restarts."));

  public static final Setting<String> SCHEMA_REGISTRY_URL =
      KEYS.add(
          new Setting<>(
              "schema.registry.url",
              null,
              ValueTypes.httpUrls(),
              "The schema registry, anything that speaks Confluent's API.",
              "While it cannot be reached the service waits, unready; nothing is lost, nothing moves on."));

  public static final Setting<String> APPLICATION_ID =
      KEYS.add(
          new Setting<>(
              "application.id",
              "osteon",
              ValueTypes.name(),
              "The consumer group and the prefix of the transactional ids; the same in all replicas.",
              "A new id starts with no offsets: everything that the topics still hold is classified again."));

  public static final Setting<String> PROCESSING_GUARANTEE =
      KEYS.add(
          new Setting<>(
              "processing.guarantee",
              "exactly_once_v2",
              ValueTypes.choice("exactly_once_v2", "at_least_once"),
              "Whether readers with read_committed see each result exactly once, or at least once.",
              "At least once, a crash publishes results again, with equal resultId: readers drop duplicates by it."));

  public static final Setting<String> GROUP_PROTOCOL =
      KEYS.add(
          new Setting<>(
              "group.protocol",
              "classic",
              ValueTypes.choice("classic", "streams"),
              "How replicas share partitions: classic rebalances, or the streams protocol of KIP-1071.",
              "streams needs brokers of 4.2 or newer with the streams rebalance protocol enabled."));

  private KafkaKeys() {}
}
