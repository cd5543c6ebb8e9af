package org.osteon.service.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.service.canary.Canary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code topics.models}.
 *
 * <p><b>Threading.</b> One thread of its own, on which versions are loaded and switched too.
 */
public final class DeploymentWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentWatch.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final long JOIN_MILLIS = 10_000;

  private final DeploymentTopic topic;
  private final ModelSwitch models;
  private final Consumer<Optional<ModelDeployment>> shadow;
  private final Canary canary;
  private volatile boolean stopped;
  private final Thread thread = new Thread(this::follow, "osteon-models");

  /**
   * @param topic read to its end before
   * @param shadow runs what it is given beside, or nothing
   * @param canary answers some studies
   */
  public DeploymentWatch(
      DeploymentTopic topic,
      ModelSwitch models,
      Consumer<Optional<ModelDeployment>> shadow,
      Canary canary) {
    this.topic = topic;
    this.models = models;
    this.shadow = shadow;
    this.canary = canary;
    thread.setDaemon(true);
  }

  public void start() {
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
      Optional<ModelDeployment> done = topic.active().filter(one -> !isAnother(one));
      Retry retry = new Retry();
      // What is wanted and does not run was refused when the service started.
      topic.active().filter(this::isAnother).ifPresent(retry::refused);
      Optional<ModelDeployment> beside = Optional.empty();
      Trial trial = new Trial(topic, canary);
      while (!stopped) {
        Optional<ModelDeployment> now = topic.active();
        boolean switches = now.isPresent() && !now.equals(done) && retry.isDue(now.get());
        // What answers from now on goes first: no replica holds a version twice.
        if (switches) {
          trial.end();
        }
        if (beside.isPresent() && (switches || !beside.equals(topic.shadow()))) {
          shadow.accept(Optional.empty());
          beside = Optional.empty();
        }
        if (switches) {
          if (models.deploy(now.get())) {
            done = now;
          } else {
            retry.refused(now.get());
          }
        }
        trial.goOn(models.running(), this::isAnother);
        // Nor two versions beside the one that answers.
        Optional<ModelDeployment> next =
            trial.runs() ? Optional.empty() : topic.shadow().filter(this::isAnother);
        if (!next.equals(beside)) {
          shadow.accept(next);
          beside = next;
        }
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAnother(ModelDeployment deployment) {
    return !deployment.getSha256().equals(models.running().sha256());
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
