package org.osteon.cli.stream;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.OperationFailedException;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.service.owners.OwnersTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon skip}. */
@Command(
    name = "skip",
    description =
        "Has one event end as a dead letter without being looked at: the last resort where it stops every replica.",
    mixinStandardHelpOptions = true)
public final class SkipCommand implements Callable<Integer> {
  private static final Logger AUDIT = LoggerFactory.getLogger("org.osteon.audit");
  private static final int LONGEST = 200;

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--partition", required = true, description = "Of the topic of events.")
  private int partition;

  @Option(names = "--offset", required = true, description = "Of the event.")
  private long offset;

  @Option(
      names = "--reason",
      required = true,
      description = "Why, for those who read the dead letter; without patient data.")
  private String reason;

  @Override
  public Integer call() {
    String why = reason.strip().replaceAll("\\s+", " ");
    if (why.isEmpty() || why.length() > LONGEST) {
      throw new ParameterException(
          spec.commandLine(), "--reason takes 1 to %d characters.".formatted(LONGEST));
    }
    Settings settings = options.settings();
    check(settings, new TopicPartition(settings.get(TopicKeys.EVENTS), partition));
    String who = System.getProperty("user.name");
    try (OwnersTopic owners = OwnersTopic.open(settings, Optional.empty())) {
      owners.skip(partition, offset, "%s (%s)".formatted(why, who));
    }
    AUDIT.info(
        "action=skip partition={} offset={} who=\"{}\" reason=\"{}\"", partition, offset, who, why);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "The event at offset %d of partition %d becomes a dead letter SKIPPED_BY_OPERATOR when the"
            + " partition is next taken over: restart the replicas that do not restart by themselves.%n",
        offset, partition);
    out.flush();
    return 0;
  }

  /**
   * @throws OperationFailedException where there is no such event, or it has been answered
   */
  private void check(Settings settings, TopicPartition topic) {
    try (Admin admin = PlainClients.admin(settings)) {
      long end =
          KafkaFault.get(
                  "look for " + topic,
                  admin.listOffsets(Map.of(topic, OffsetSpec.latest())).partitionResult(topic))
              .offset();
      if (offset < 0 || offset >= end) {
        throw new OperationFailedException(
            "There is no offset %d in %s, which ends at %d.".formatted(offset, topic, end));
      }
      OffsetAndMetadata committed =
          KafkaFault.get(
                  "ask how far the service has come",
                  admin
                      .listConsumerGroupOffsets(settings.get(KafkaKeys.APPLICATION_ID))
                      .partitionsToOffsetAndMetadata())
              .get(topic);
      if (committed != null && committed.offset() > offset) {
        throw new OperationFailedException(
            "Offset %d of %s has been answered: the service is at %d."
                .formatted(offset, topic, committed.offset()));
      }
    }
  }
}
