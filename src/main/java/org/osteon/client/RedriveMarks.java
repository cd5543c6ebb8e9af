package org.osteon.client;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeadLetter;
import org.osteon.event.KafkaFault;
import org.osteon.event.Stage;

/**
 * How far earlier runs of {@code redrive} got: one group's offsets for runs over all letters, one
 * more for each reason, stage, or both, that was ever asked for by itself.
 */
final class RedriveMarks {
  private final Admin admin;
  private final String applicationId;
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> known = new HashMap<>();

  RedriveMarks(Admin admin, String applicationId) {
    this.admin = admin;
    this.applicationId = applicationId;
  }

  /** The group under which a run commits. */
  static String group(String applicationId, @Nullable String reason, @Nullable Stage stage) {
    return applicationId
        + "-redrive"
        + (stage == null ? "" : "@" + stage)
        + (reason == null ? "" : "-" + reason);
  }

  /** Whether a run over all letters has seen what lies there. */
  boolean seenByAll(TopicPartition partition, long offset) {
    return offset < next(partition, null, null);
  }

  /** Whether any run that was to take such a letter has seen what lies there. */
  boolean seen(TopicPartition partition, long offset, DeadLetter letter) {
    String reason = letter.getReason();
    Stage stage = letter.getStage();
    return seenByAll(partition, offset)
        || offset < next(partition, reason, null)
        || offset < next(partition, null, stage)
        || offset < next(partition, reason, stage);
  }

  private long next(TopicPartition partition, @Nullable String reason, @Nullable Stage stage) {
    OffsetAndMetadata mark =
        known.computeIfAbsent(group(applicationId, reason, stage), this::offsets).get(partition);
    return mark == null ? 0 : mark.offset();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(String group) {
    try {
      return KafkaFault.get(
          "read the offsets of group " + group,
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    } catch (KafkaFault e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }
}
