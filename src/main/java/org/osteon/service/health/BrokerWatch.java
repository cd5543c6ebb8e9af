package org.osteon.service.health;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Asks every few seconds whether a broker answers: Kafka Streams calls itself running while none
 * does.
 *
 * <p><b>Threading.</b> One thread of its own, which may wait.
 */
public final class BrokerWatch implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int EVERY_MILLIS = 3_000;

  private final ScheduledExecutorService thread = Watches.thread("osteon-broker-watch");
  private final Admin admin;
  private final Health health;

  /**
   * @param client properties of any Kafka client
   */
  public BrokerWatch(Map<String, Object> client, Health health) {
    this.health = health;
    Map<String, Object> own = new HashMap<>(client);
    own.put("default.api.timeout.ms", PATIENCE_MILLIS);
    own.put("request.timeout.ms", PATIENCE_MILLIS - 1_000);
    own.put("reconnect.backoff.max.ms", 1_000);
    admin = Admin.create(own);
  }

  public void start() {
    thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(java.time.Duration.ZERO);
  }

  private void look() {
    try {
      admin.describeCluster().clusterId().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      health.brokersAre(null);
    } catch (ExecutionException | TimeoutException e) {
      health.brokersAre("No broker answered within " + PATIENCE_MILLIS / 1000 + " s.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
