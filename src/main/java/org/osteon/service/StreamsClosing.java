package org.osteon.service;

import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes Kafka Streams as a part of the service: drains, commits and leaves the group.
 *
 * @param patience how long a drain in which nothing moves may take
 */
record StreamsClosing(KafkaStreams streams, Duration patience) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsClosing.class);

  /** Beyond the drain itself, for what Kafka Streams does when it closes. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  @Override
  public void close() {
    // Kafka Streams would stay a member, and its partitions unread until the session times out.
    CloseOptions leaving =
        CloseOptions.timeout(patience.plus(MARGIN))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      LOG.warn("Kafka Streams did not close in time; what is pending comes again after a restart");
    }
  }
}
