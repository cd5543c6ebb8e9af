package org.osteon.service;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.osteon.config.ConfigException;
import org.osteon.config.Settings;
import org.osteon.event.Registry;
import org.osteon.event.Serdes;
import org.osteon.event.TopicPlan;
import org.osteon.event.Topics;

/** What is looked at before anything is consumed: topics, their sizes, and schemas. */
final class Preflight {
  private Preflight() {}

  /**
   * Partitions of each topic of the plan.
   *
   * @throws ConfigException where a topic is missing or too small or a schema is not registered
   */
  static Map<String, Integer> check(Settings settings, Registry registry) {
    List<TopicPlan> plans = TopicPlan.all(settings);
    Map<String, Integer> partitions;
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      Topics topics = new Topics(admin, registry, plans);
      partitions = topics.partitions();
      for (String needed :
          List.of(settings.eventsTopic(), settings.resultsTopic(), settings.deadLettersTopic())) {
        if (!partitions.containsKey(needed)) {
          throw new ConfigException(
              "Topic " + needed + " does not exist: run `osteon topics` to create it.");
        }
      }
      List<String> faults = topics.faults(partitions);
      if (!faults.isEmpty()) {
        throw new ConfigException(faults.get(0));
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Kafka at " + settings.bootstrapServers() + " does not answer; check bootstrap.servers.",
          e);
    }
    checkSchemas(settings, registry, plans);
    return partitions;
  }

  private static void checkSchemas(Settings settings, Registry registry, List<TopicPlan> plans) {
    for (TopicPlan plan : plans) {
      boolean published =
          plan.name().equals(settings.resultsTopic())
              || plan.name().equals(settings.deadLettersTopic());
      String subject = Serdes.subject(plan.name());
      if (published && registry.id(subject, plan.schema()).isEmpty()) {
        throw new ConfigException(
            "The schema of " + subject + " is not registered: run `osteon topics` to register it.");
      }
    }
  }
}
