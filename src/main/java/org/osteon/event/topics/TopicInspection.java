package org.osteon.event.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;

/** Holds the topics that exist against what the contract and the settings need. */
public final class TopicInspection {
  private final Admin admin;
  private final boolean plain;

  /**
   * @param plain whether the brokers are reached without further client settings, so that the
   *     command that mends a topic needs none either
   */
  public TopicInspection(Admin admin, boolean plain) {
    this.admin = admin;
    this.plain = plain;
  }

  /** Brokers of the cluster. */
  int brokers() {
    return KafkaFault.get("describe the cluster", admin.describeCluster().nodes()).size();
  }

  /**
   * @return names of those that exist
   */
  public Set<String> existing(Collection<TopicPlan> plans) {
    Set<String> all =
        KafkaFault.get(
            "list topics", admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    return plans.stream().map(TopicPlan::name).filter(all::contains).collect(Collectors.toSet());
  }

  /**
   * @param existing what {@link #existing} gave
   * @return one sentence for each setting that is too small or otherwise wrong
   */
  public List<String> faults(Collection<TopicPlan> plans, Set<String> existing) {
    List<ConfigResource> asked =
        existing.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> found =
        KafkaFault.get("describe topics", admin.describeConfigs(asked).all());
    List<String> faults = new ArrayList<>();
    for (TopicPlan plan : plans) {
      Config config = found.get(new ConfigResource(ConfigResource.Type.TOPIC, plan.name()));
      if (config == null) {
        continue;
      }
      long limit = Long.parseLong(value(config, "max.message.bytes", "0"));
      if (limit < plan.maxMessageBytes()) {
        faults.add(
            fault(
                plan,
                "max.message.bytes",
                Long.toString(limit),
                Integer.toString(plan.maxMessageBytes())));
      }
      String cleanup = value(config, "cleanup.policy", "delete");
      if (plan.compacted() != cleanup.equals("compact")) {
        faults.add(fault(plan, "cleanup.policy", cleanup, plan.compacted() ? "compact" : "delete"));
      }
    }
    return faults;
  }

  private String fault(TopicPlan plan, String key, String is, String needed) {
    return ("Topic %1$s has %2$s %3$s and needs %4$s: kafka-configs.sh --bootstrap-server ADDRESS%5$s"
            + " --alter --entity-type topics --entity-name %1$s --add-config %2$s=%4$s")
        .formatted(plan.name(), key, is, needed, plain ? "" : " --command-config FILE");
  }

  private static String value(Config config, String key, String otherwise) {
    ConfigEntry entry = config.get(key);
    String value = entry == null ? null : entry.value();
    return value == null ? otherwise : value;
  }
}
