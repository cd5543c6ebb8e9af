package org.osteon.performance;

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

/**
 * What is looked at before anything is consumed: whether the topics are there and as they must be.
 */
final class PerformanceTopics {
  private PerformanceTopics() {}

  /**
   * Partitions of the results topic.
   *
   * @throws ConfigException a topic is missing or wrong
   * @throws KafkaFault the brokers do not answer
   */
  static int check(Settings settings) {
    Set<String> ours =
        Set.of(
            settings.get(TopicKeys.RESULTS),
            settings.get(TopicKeys.TRUTHS),
            settings.get(TopicKeys.PERFORMANCE));
    List<TopicPlan> plans =
        TopicPlan.all(settings).stream().filter(plan -> ours.contains(plan.name())).toList();
    Map<String, Object> client = settings.kafkaClient();
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
      String results = settings.get(TopicKeys.RESULTS);
      return KafkaFault.get(
              "describe " + results, admin.describeTopics(List.of(results)).allTopicNames())
          .values()
          .iterator()
          .next()
          .partitions()
          .size();
    }
  }
}
