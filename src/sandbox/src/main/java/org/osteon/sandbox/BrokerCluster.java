package org.osteon.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers in virtual machines of their own, each a controller as well: everything is kept
 * three times, and two must have what is acknowledged.
 */
public final class BrokerCluster implements AutoCloseable {
  /** Brokers, with the ids 1 to 3. */
  public static final int SIZE = 3;

  private final List<BrokerProcess> brokers = new ArrayList<>();

  private BrokerCluster() {}

  /**
   * Formats and starts all, and waits until each answers.
   *
   * @param maxRecordBytes the largest record that any topic may take, in bytes
   */
  public static BrokerCluster launch(int maxRecordBytes) {
    String clusterId = Uuid.randomUuid().toString();
    List<Integer> ports = new ArrayList<>();
    List<Integer> controllers = new ArrayList<>();
    StringJoiner voters = new StringJoiner(",");
    for (int id = 1; id <= SIZE; id++) {
      ports.add(Ports.take());
      controllers.add(Ports.take());
      voters.add(id + "@" + Ports.LOOPBACK + ":" + controllers.get(id - 1));
    }
    BrokerCluster cluster = new BrokerCluster();
    try {
      for (int id = 1; id <= SIZE; id++) {
        int port = ports.get(id - 1);
        int controller = controllers.get(id - 1);
        Map<String, String> own =
            Map.of("node.id", Integer.toString(id), "controller.quorum.voters", voters.toString());
        cluster.brokers.add(
            BrokerProcess.formatted(
                port,
                data -> {
                  Properties properties =
                      BrokerProperties.of(port, controller, data, maxRecordBytes);
                  properties.putAll(THREE_TIMES);
                  properties.putAll(PATIENT);
                  properties.putAll(own);
                  return properties;
                },
                clusterId,
                BrokerProcess.LIGHT));
      }
      cluster.brokers.forEach(BrokerProcess::begin);
      cluster.brokers.forEach(BrokerProcess::awaitUp);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static final Map<String, String> THREE_TIMES =
      Map.of(
          "default.replication.factor", "3",
          "min.insync.replicas", "2",
          "offsets.topic.replication.factor", "3",
          "transaction.state.log.replication.factor", "3",
          "transaction.state.log.min.isr", "2",
          "share.coordinator.state.topic.replication.factor", "3",
          "share.coordinator.state.topic.min.isr", "2");

  /** A voter that a busy machine holds up for seconds is no reason to elect another leader. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "controller.quorum.fetch.timeout.ms", "10000",
          "controller.quorum.election.timeout.ms", "5000");

  /**
   * @param id 1 to 3
   */
  public BrokerProcess broker(int id) {
    return brokers.get(id - 1);
  }

  /** {@code bootstrap.servers}: all three. */
  public String bootstrapServers() {
    StringJoiner servers = new StringJoiner(",");
    brokers.forEach(broker -> servers.add(broker.bootstrapServers()));
    return servers.toString();
  }

  @Override
  public void close() {
    brokers.forEach(BrokerProcess::close);
  }
}
