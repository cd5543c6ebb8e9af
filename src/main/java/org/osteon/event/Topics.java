package org.osteon.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings topics and schemas to the plan, as far as that can be done without harm: what is missing
 * is created, what is there is compared and never changed.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Topics {
  private static final String COMPATIBILITY = "FULL_TRANSITIVE";

  private final Admin admin;
  private final Registry registry;
  private final List<TopicPlan> plans;

  public Topics(Admin admin, Registry registry, List<TopicPlan> plans) {
    this.admin = admin;
    this.registry = registry;
    this.plans = plans;
  }

  /**
   * What was done or would be, and what is wrong with what is there.
   *
   * @param changes a sentence each
   * @param faults a sentence each, with the command that mends it
   */
  public record Report(List<String> changes, List<String> faults) {}

  /**
   * Creates topics and registers schemas.
   *
   * @param dryRun say what would change, and change nothing
   */
  public Report apply(int partitions, short replication, boolean dryRun) {
    List<String> changes = new ArrayList<>();
    Map<String, Integer> existing = partitions();
    for (TopicPlan plan : plans) {
      if (!existing.containsKey(plan.name())) {
        changes.add(
            "create topic %s with %d partitions, %s"
                .formatted(plan.name(), partitions, plan.config()));
        if (!dryRun) {
          create(plan, partitions, replication);
        }
      }
      register(plan, dryRun, changes);
    }
    return new Report(changes, faults(existing));
  }

  /** Topics of the plan that exist, with their number of partitions. */
  public Map<String, Integer> partitions() {
    List<String> names = plans.stream().map(TopicPlan::name).toList();
    var there = get(admin.listTopics().names());
    var described =
        get(admin.describeTopics(names.stream().filter(there::contains).toList()).allTopicNames());
    Map<String, Integer> counts = new java.util.TreeMap<>();
    described.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
    return counts;
  }

  /** What is too small or of the wrong policy among the topics that exist. */
  public List<String> faults(Map<String, Integer> existing) {
    List<String> faults = new ArrayList<>();
    for (TopicPlan plan : plans) {
      if (existing.containsKey(plan.name())) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
        var config =
            Objects.requireNonNull(
                get(admin.describeConfigs(List.of(topic)).all()).get(topic), plan.name());
        plan.config()
            .forEach(
                (key, wanted) ->
                    compare(plan.name(), key, config.get(key).value(), wanted, faults));
      }
    }
    return faults;
  }

  private static void compare(
      String topic, String key, String found, String wanted, List<String> faults) {
    boolean right =
        key.equals(TopicPlan.MAX_MESSAGE_BYTES)
            ? Long.parseLong(found) >= Long.parseLong(wanted)
            : found.contains(wanted);
    if (!right) {
      faults.add(
          "Topic %s has %s=%s where %s is needed: run kafka-configs --alter --topic %s --add-config %s=%s, or lower image.max.bytes."
              .formatted(topic, key, found, wanted, topic, key, wanted));
    }
  }

  private void create(TopicPlan plan, int partitions, short replication) {
    Optional<Short> factor =
        replication > 0 ? Optional.of(replication) : Optional.of(brokersUpTo3());
    NewTopic topic =
        new NewTopic(plan.name(), Optional.of(partitions), factor).configs(plan.config());
    try {
      get(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // Someone else was faster; what is there is compared below.
      return;
    }
  }

  private short brokersUpTo3() {
    return (short) Math.min(3, get(admin.describeCluster().nodes()).size());
  }

  private void register(TopicPlan plan, boolean dryRun, List<String> changes) {
    String subject = Serdes.subject(plan.name());
    if (registry.id(subject, plan.schema()).isEmpty()) {
      changes.add("register schema %s for %s".formatted(plan.schema().getName(), subject));
      if (!dryRun) {
        registry.ask(c -> c.register(subject, new AvroSchema(plan.schema())));
      }
    }
    String level =
        registry.ask(c -> c.getConfig(subject)).map(Config::getCompatibilityLevel).orElse("");
    if (!COMPATIBILITY.equals(level)) {
      changes.add("set compatibility of %s to %s".formatted(subject, COMPATIBILITY));
      if (!dryRun) {
        registry.ask(c -> c.updateConfig(subject, new Config(COMPATIBILITY)));
      }
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
    }
  }
}
