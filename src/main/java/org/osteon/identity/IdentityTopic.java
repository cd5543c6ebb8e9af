package org.osteon.identity;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.osteon.event.Identity;

/** Where in {@code topics.identities} a record lies. */
final class IdentityTopic {
  private IdentityTopic() {}

  static String key(Identity identity) {
    return key(identity.getStudyInstanceUid(), identity.getSopInstanceUid());
  }

  static String key(String study, String instance) {
    return study + "/" + instance;
  }

  /** In the place of a study's UID. */
  static String order(String number) {
    return "order:" + number;
  }

  /** As Kafka's own partitioner has it for a record with the study as its key. */
  static int partition(String study, int partitions) {
    return Utils.toPositive(Utils.murmur2(study.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  /** The study of a record's key. */
  static String study(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }
}
