package org.osteon.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Settings of a single KRaft node that is broker and controller in one, small enough to run beside
 * everything else.
 */
public final class BrokerProperties {
  /** Kafka refuses requests above this; its default, raised for large images below. */
  private static final long LEAST_REQUEST = 100L << 20;

  /**
   * @param port port of the broker's listener
   * @param controllerPort port of the controller's listener
   * @param data folder of the log
   * @param maxRecordBytes the largest record, in bytes
   */
  public static Properties of(int port, int controllerPort, Path data, int maxRecordBytes) {
    String host = Ports.LOOPBACK;
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@" + host + ":" + controllerPort,
            "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(host, port, host, controllerPort),
            "advertised.listeners", "PLAINTEXT://%s:%d".formatted(host, port),
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", data.toString(),
            "auto.create.topics.enable", "false"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            // Readers wait no longer for a replica that died than its transaction may take.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    // A replica that died is missed after seconds, not after 45 of them.
    properties.putAll(
        Map.of(
            "group.streams.session.timeout.ms", "6000",
            "group.streams.min.session.timeout.ms", "6000",
            "group.streams.heartbeat.interval.ms", "1500",
            "group.streams.min.heartbeat.interval.ms", "1500"));
    properties.putAll(
        Map.of(
            "group.initial.rebalance.delay.ms",
            "0",
            "group.coordinator.rebalance.protocols",
            "classic,consumer,streams",
            "message.max.bytes",
            Integer.toString(maxRecordBytes),
            "replica.fetch.max.bytes",
            Integer.toString(maxRecordBytes),
            "socket.request.max.bytes",
            Long.toString(
                Math.min(Integer.MAX_VALUE, Math.max(LEAST_REQUEST, 2L * maxRecordBytes))),
            // The cleaner would take 128 MiB of heap for a few hundred keys.
            "log.cleaner.dedupe.buffer.size",
            Integer.toString(4 << 20),
            // Touching an index's first page may zero all of its 10 MB.
            "log.index.size.max.bytes",
            Integer.toString(256 << 10),
            "num.network.threads",
            "2",
            "num.io.threads",
            "4"));
    return properties;
  }

  private BrokerProperties() {}
}
