package org.osteon.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Asks every three seconds whether a broker answers: who waits for the next image or message to
 * find out would take it and refuse it.
 *
 * <p><b>Threading.</b> A thread of its own; anyone may ask.
 */
public final class BrokerLook implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int EVERY_MILLIS = 3_000;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread look = new Thread(work, "osteon-brokers");
            look.setDaemon(true);
            return look;
          });
  private final Admin admin;
  private volatile boolean answer;

  /**
   * @param client properties of any Kafka client
   */
  public BrokerLook(Map<String, Object> client) {
    Map<String, Object> own = new HashMap<>(client);
    own.put("default.api.timeout.ms", PATIENCE_MILLIS);
    own.put("request.timeout.ms", PATIENCE_MILLIS - 1_000);
    own.put("reconnect.backoff.max.ms", 1_000);
    admin = Admin.create(own);
    thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether one answered when they were asked last. */
  public boolean answers() {
    return answer;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ZERO);
  }

  private void look() {
    try {
      admin.describeCluster().clusterId().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      answer = true;
    } catch (ExecutionException | TimeoutException e) {
      answer = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
