package org.osteon.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osteon.event.ModelDeployment;
import org.osteon.topology.Lanes;
import org.osteon.topology.TopologyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts another version in the running one's place: it is loaded, verified and warmed beside it,
 * then images take its lane, and the old one goes when what was in it has ended. A version that
 * fails stays out, and the old one goes on.
 *
 * <p><b>Threading.</b> {@link #deploy} is called by one thread; anyone may ask what runs.
 */
final class ModelSwitch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelSwitch.class);
  private static final long LOOK_MILLIS = 20;

  private final Function<ModelDeployment, WarmModel> loader;
  private final Lanes lanes;
  private final TopologyListener listener;
  private final ServiceMetrics metrics;
  private final Health health;
  private final Duration patience;
  private volatile WarmModel running;

  /**
   * @param first runs until another is deployed
   * @param loader finds, verifies, loads and warms
   * @param patience how long the old lane may take to empty
   */
  ModelSwitch(
      WarmModel first,
      Function<ModelDeployment, WarmModel> loader,
      TopologyListener listener,
      ServiceMetrics metrics,
      Health health,
      Duration patience) {
    this.running = first;
    this.loader = loader;
    this.lanes = new Lanes(first.lane());
    this.listener = listener;
    this.metrics = metrics;
    this.health = health;
    this.patience = patience;
  }

  /** Says to health and metrics what runs: from here on the model counts as warm. */
  void announce() {
    show(running);
  }

  Lanes lanes() {
    return lanes;
  }

  /** What answers now. */
  WarmModel running() {
    return running;
  }

  /** Switches, or says why not. */
  void deploy(ModelDeployment deployment) throws InterruptedException {
    WarmModel before = running;
    if (deployment.getSha256().equals(before.sha256())) {
      return;
    }
    WarmModel next;
    try {
      next = loader.apply(deployment);
    } catch (RuntimeException e) {
      refuse(before, e);
      return;
    }
    lanes.switchTo(next.lane());
    running = next;
    show(next);
    metrics.switched(true);
    LOG.info("{} answers from now on, in the place of {}", next.label(), before.label());
    listener.switched(next.lane().terms().identity());
    retire(before);
  }

  /** A version could not be taken; another goes on. */
  void refuse(WarmModel goesOn, RuntimeException why) {
    metrics.switched(false);
    LOG.error("{} {} goes on.", why.getMessage(), goesOn.label());
  }

  @Override
  public void close() {
    running.close();
  }

  private void show(WarmModel model) {
    health.deviceIs(model.pipeline()::trouble);
    metrics.modelIs(model.model());
  }

  private void retire(WarmModel old) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!lanes.idle(old.lane())) {
      if (System.nanoTime() - end > 0) {
        LOG.warn("{} still holds images after {} s and is kept", old.label(), patience.toSeconds());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    old.close();
  }
}
