package org.osteon.cli;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.osteon.event.KafkaFault;

/**
 * How far earlier runs of {@code redrive} got: one group's offsets for runs over all letters, one
 * more for each reason that was ever asked for by itself.
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
  static String group(String applicationId, @Nullable String reason) {
    return applicationId + "-redrive" + (reason == null ? "" : "-" + reason);
  }

  /**
   * @param reason of single-reason runs, or null for runs over all letters
   * @return the first offset that no such run has seen; 0 where there was none
   */
  long next(TopicPartition partition, @Nullable String reason) {
    OffsetAndMetadata mark =
        known.computeIfAbsent(group(applicationId, reason), this::offsets).get(partition);
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
