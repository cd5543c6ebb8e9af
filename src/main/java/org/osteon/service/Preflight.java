package org.osteon.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.config.ConfigException;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;
import org.osteon.event.topics.TopicInspection;

/** What is looked at before anything is consumed: whether the topics are there and large enough. */
final class Preflight {
  private Preflight() {}

  /**
   * Partitions of the events topic.
   *
   * @throws ConfigException where a topic is missing or too small, or a client's settings wrong
   * @throws KafkaFault where the brokers do not answer
   */
  static int partitions(Settings settings) {
    List<TopicPlan> plans = TopicPlan.ofTheService(settings);
    Map<String, Object> client = settings.kafkaClient();
    // Long enough for brokers that restart, short enough for whoever mistyped an address.
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
      String events = settings.get(TopicKeys.EVENTS);
      return KafkaFault.get(
              "describe " + events, admin.describeTopics(List.of(events)).allTopicNames())
          .values()
          .iterator()
          .next()
          .partitions()
          .size();
    }
  }
}
