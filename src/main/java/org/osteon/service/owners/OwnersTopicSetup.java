package org.osteon.service.owners;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.osteon.event.KafkaFault;

/**
 * That the topic of owners is there and may be used.
 *
 * @param name the topic's
 */
record OwnersTopicSetup(Admin admin, String name) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "segment.bytes", "1048576", "segment.ms", "3600000");

  /**
   * Makes it where it is not there.
   *
   * @param replication nothing for the brokers' default
   * @throws KafkaFault where the brokers do not answer or refuse
   */
  void create(Optional<Short> replication) {
    NewTopic topic = new NewTopic(name, Optional.of(1), replication).configs(COMPACTED);
    try {
      KafkaFault.get("create " + name, admin.createTopics(List.of(topic)).all());
    } catch (KafkaFault e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /**
   * Asks and does not try: as long as the topic is empty nobody reads it.
   *
   * @throws KafkaFault where the brokers do not answer, or would refuse to have it read or written
   */
  void checkRights() {
    Set<AclOperation> mine = mine();
    for (AclOperation needed : List.of(AclOperation.READ, AclOperation.WRITE)) {
      // Brokers that do not say what a user may are believed to allow it.
      if (mine != null && !mine.isEmpty() && !mine.contains(needed)) {
        throw KafkaFault.of(
            needed.name().toLowerCase(Locale.ROOT) + " " + name,
            new TopicAuthorizationException(Set.of(name)));
      }
    }
  }

  private @Nullable Set<AclOperation> mine() {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        var described = admin.describeTopics(List.of(name), options).allTopicNames();
        var all = KafkaFault.get("describe " + name, described);
        return Objects.requireNonNull(all.get(name)).authorizedOperations();
      } catch (KafkaFault e) {
        // One broker may not have heard yet of a topic that the controllers have just made.
        boolean notYet = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!notYet || System.nanoTime() - until > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
