package org.osteon.performance;

import java.util.List;
import java.util.Set;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.TopicPlan;
import org.osteon.event.topics.TopicCheck;

/** The topics that are joined, and the one that comes of it. */
final class PerformanceTopics {
  private PerformanceTopics() {}

  /**
   * Partitions of the results topic, once all are as they must be.
   *
   * @throws org.osteon.config.value.ConfigException a topic is missing or wrong
   * @throws org.osteon.event.KafkaFault the brokers do not answer
   */
  static int check(Settings settings) {
    Set<String> ours =
        Set.of(
            settings.get(TopicKeys.RESULTS),
            settings.get(TopicKeys.TRUTHS),
            settings.get(TopicKeys.PERFORMANCE));
    List<TopicPlan> plans =
        TopicPlan.all(settings).stream().filter(plan -> ours.contains(plan.name())).toList();
    return TopicCheck.partitions(settings, plans, settings.get(TopicKeys.RESULTS));
  }
}
