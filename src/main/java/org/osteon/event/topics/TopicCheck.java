package org.osteon.event.topics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;

/** What a process looks at before it consumes anything: whether its topics are as they must be. */
public final class TopicCheck {
  private TopicCheck() {}

  /**
   * The cluster's id. State on disk belongs to it: an application of the same name on another
   * cluster has seen nothing of what was seen here.
   *
   * @throws KafkaFault where the brokers do not answer
   */
  public static String clusterId(Settings settings) {
    try (Admin admin = KafkaFault.built(() -> Admin.create(settings.kafkaClient()))) {
      return KafkaFault.get("describe the cluster", admin.describeCluster().clusterId());
    }
  }

  /**
   * Partitions of a topic, once all are there and large enough.
   *
   * @param plans of the process's topics
   * @param counted whose partitions are asked for
   * @throws ConfigException where a topic is missing or too small, or a client's settings wrong
   * @throws KafkaFault where the brokers do not answer
   */
  public static int partitions(Settings settings, List<TopicPlan> plans, String counted) {
    Map<String, Object> client = settings.kafkaClient();
    // Long enough for brokers that restart, short enough for a mistyped address.
    client.putIfAbsent("default.api.timeout.ms", 20_000);
    client.putIfAbsent("request.timeout.ms", 10_000);
    try (Admin admin = KafkaFault.built(() -> Admin.create(client))) {
      TopicInspection inspection = new TopicInspection(admin, settings.kafka().isEmpty());
      Set<String> existing = inspection.existing(plans);
      for (TopicPlan plan : plans) {
        if (!existing.contains(plan.name())) {
          throw new ConfigException(
              "Topic " + plan.name() + " does not exist: run `osteon topics` to create it.");
        }
      }
      List<String> faults = inspection.faults(plans, existing);
      if (!faults.isEmpty()) {
        throw new ConfigException(faults.get(0));
      }
      int partitions = partitions(admin, counted);
      if (plans.stream().anyMatch(plan -> plan.writer() == TopicPlan.Writer.ORDERS)) {
        checkOrders(admin, settings, counted, partitions);
      }
      return partitions;
    }
  }

  /** What is ordered of a study must come to the task that has the study. */
  private static void checkOrders(Admin admin, Settings settings, String events, int partitions) {
    String orders = settings.get(TopicKeys.ORDERS);
    int found = partitions(admin, orders);
    if (events.equals(settings.get(TopicKeys.EVENTS)) && found != partitions) {
      throw new ConfigException(
          "Topic %s has %d partitions and %s has %d: delete %s and run `osteon topics`, which gives it as many, or set orders.keep.hours=0."
              .formatted(orders, found, events, partitions, orders));
    }
  }

  static int partitions(Admin admin, String topic) {
    return KafkaFault.get("describe " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }
}
