package org.osteon.service;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.WakeupException;
import org.osteon.event.DeploymentTopic;
import org.osteon.event.ModelDeployment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code topics.models}.
 *
 * <p><b>Threading.</b> One thread of its own, on which versions are loaded and switched too.
 */
final class DeploymentWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentWatch.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final long JOIN_MILLIS = 10_000;

  private final DeploymentTopic topic;
  private final ModelSwitch models;
  private volatile boolean stopped;
  private final Thread thread = new Thread(this::follow, "osteon-models");

  /**
   * @param topic read to its end before
   */
  DeploymentWatch(DeploymentTopic topic, ModelSwitch models) {
    this.topic = topic;
    this.models = models;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopped = true;
    topic.wakeup();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (topic) {
      Optional<ModelDeployment> done = topic.active();
      while (!stopped) {
        look();
        Optional<ModelDeployment> now = topic.active();
        if (now.isPresent() && !now.equals(done) && !stopped) {
          models.deploy(now.get());
          done = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      topic.poll(WAIT);
    } catch (WakeupException e) {
      LOG.debug("Deployments are followed no longer");
    } catch (RuntimeException e) {
      // A registry that is away, a record that is no deployment: images go on being answered.
      LOG.warn("A deployment could not be read: {}", e.toString());
      Thread.sleep(WAIT.toMillis());
    }
  }
}
