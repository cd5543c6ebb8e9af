package org.osteon.service.rollout;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.service.canary.Canary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica does about the canary each time it looks at {@code topics.models}.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Trial {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  private final Retry retry = new Retry();
  private final DeploymentTopic topic;
  private final Canary canary;
  private @Nullable ModelDeployment runs;

  Trial(DeploymentTopic topic, Canary canary) {
    this.topic = topic;
    this.canary = canary;
  }

  /** Whether a version is loaded for it. */
  boolean runs() {
    return canary.runs();
  }

  /** It runs no longer; what is deployed begins anew at the next look. */
  void end() {
    canary.deploy(null);
    runs = null;
  }

  /**
   * @param active what answers now
   * @param another whether a deployment is of another version
   */
  void goOn(WarmModel active, Predicate<ModelDeployment> another) {
    ModelDeployment wanted = topic.canaries().current().filter(another).orElse(null);
    if (wanted == null) {
      if (runs != null || canary.runs()) {
        end();
      }
      return;
    }
    boolean changes = !wanted.equals(runs);
    if ((changes || !canary.runs()) && retry.isDue(wanted)) {
      runs = wanted;
      if (!canary.deploy(wanted)) {
        retry.refused(wanted);
      }
    }
    judge(active);
  }

  private void judge(WarmModel active) {
    try {
      canary.judge(topic.canaries(), deployment(active));
    } catch (WakeupException e) {
      LOG.debug("Deployments are followed no longer");
    } catch (RuntimeException e) {
      // Here it is stopped already; the other replicas hear of it when the brokers are back.
      LOG.warn("What is to be said of the canary could not be published: {}", e.toString());
    }
  }

  /** What answers, as what would be deployed to have it back. */
  private ModelDeployment deployment(WarmModel active) {
    return topic
        .active()
        .filter(one -> one.getSha256().equals(active.sha256()))
        .orElseGet(
            () ->
                ModelDeployment.newBuilder()
                    .setName(active.model().version().manifest().name())
                    .setVersion(active.model().version().manifest().version())
                    .setSha256(active.sha256())
                    .setUri(active.model().version().folder().toUri().toString())
                    .setMode(DeploymentMode.ACTIVE)
                    .setDeployedAt(Instant.now(Clock.systemUTC()))
                    .setDeployedBy("model.path")
                    .build());
  }
}
