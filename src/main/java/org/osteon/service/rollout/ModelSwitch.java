package org.osteon.service.rollout;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelDeployment;
import org.osteon.service.health.Health;
import org.osteon.service.meters.ServiceMetrics;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.model.ActiveModels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts another version in the running one's place: it is loaded, verified and warmed beside it,
 * then images go to it, and the old one goes when what was in it has ended. A version that fails
 * stays out, and the old one goes on.
 *
 * <p><b>Threading.</b> {@link #deploy} is called by one thread; anyone may ask what runs.
 */
public final class ModelSwitch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelSwitch.class);
  private static final long LOOK_MILLIS = 20;

  private final Function<ModelDeployment, WarmModel> loader;
  private final ActiveModels active;
  private final Watchers watchers;
  private final Duration patience;
  private volatile WarmModel running;

  /**
   * Who is told what runs.
   *
   * @param listener of records
   * @param metrics of the service
   * @param health of the service
   */
  public record Watchers(TopologyListener listener, ServiceMetrics metrics, Health health) {}

  /**
   * @param first runs until another is deployed
   * @param loader finds, verifies, loads and warms
   * @param patience how long the old model may take to empty
   */
  private ModelSwitch(
      WarmModel first,
      Function<ModelDeployment, WarmModel> loader,
      Watchers watchers,
      Duration patience) {
    this.running = first;
    this.loader = loader;
    this.active = new ActiveModels(first.active());
    this.watchers = watchers;
    this.patience = patience;
  }

  /**
   * Begins with what was deployed last, or, where nothing was or it is refused, with what the
   * settings name.
   *
   * @param deployed null where nothing was
   * @param configured loads what the settings name
   * @param loader finds, verifies, loads and warms what is deployed
   * @param patience how long a model that is left may take to empty
   */
  public static ModelSwitch begin(
      @Nullable ModelDeployment deployed,
      Supplier<WarmModel> configured,
      Function<ModelDeployment, WarmModel> loader,
      Watchers watchers,
      Duration patience) {
    if (deployed == null) {
      return new ModelSwitch(configured.get(), loader, watchers, patience);
    }
    try {
      return new ModelSwitch(loader.apply(deployed), loader, watchers, patience);
    } catch (RuntimeException refused) {
      ModelSwitch switching = new ModelSwitch(configured.get(), loader, watchers, patience);
      switching.refuse(switching.running, refused);
      return switching;
    }
  }

  /** Says to health and metrics what runs: from here on the model counts as warm. */
  public void announce() {
    show(running);
  }

  public ActiveModels active() {
    return active;
  }

  /** What answers now. */
  public WarmModel running() {
    return running;
  }

  /**
   * Switches, or says why not.
   *
   * @return whether it answers now
   */
  boolean deploy(ModelDeployment deployment) throws InterruptedException {
    WarmModel before = running;
    if (deployment.getSha256().equals(before.sha256())) {
      return true;
    }
    WarmModel next;
    try {
      next = loader.apply(deployment);
    } catch (RuntimeException e) {
      refuse(before, e);
      return false;
    }
    active.switchTo(next.active());
    running = next;
    show(next);
    watchers.metrics.switched(true);
    LOG.info("{} answers from now on, in the place of {}", next.label(), before.label());
    watchers.listener.switched(next.active().policy().identity());
    retire(before);
    return true;
  }

  /** A version could not be taken; another goes on. */
  public void refuse(WarmModel goesOn, RuntimeException why) {
    watchers.metrics.switched(false);
    LOG.error("{} {} goes on.", why.getMessage(), goesOn.label());
  }

  @Override
  public void close() {
    running.close();
  }

  private void show(WarmModel model) {
    watchers.health.deviceIs(model.pipeline()::trouble);
    watchers.metrics.modelIs(model.model());
  }

  private void retire(WarmModel old) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!active.idle(old.active())) {
      if (System.nanoTime() - end > 0) {
        LOG.warn("{} still holds images after {} s and is kept", old.label(), patience.toSeconds());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    old.close();
  }
}
