package org.osteon.service.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.DecodedView;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.event.ModelDeployment;
import org.osteon.service.canary.OnTrial;
import org.osteon.service.meters.ShadowMeters;
import org.osteon.topology.model.DecisionPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version that runs beside the active one, if any, and which images it gets: a share of them,
 * by their digests, so that every replica, and the same replica again, takes the same.
 *
 * <p><b>Threading.</b> {@link #deploy} and {@link #close} by one thread at a time; images come on
 * decode threads.
 */
public final class Shadow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
  private static final int DIGITS = 8;
  private static final double WHOLE = 0x1p32;

  private final double share;
  private final ShadowMeters meters;
  private final BooleanSupplier spare;
  private final long bytes;
  private final Duration patience;
  private volatile @Nullable ShadowRun run;

  /**
   * @param share of the images, from 0 to 1
   * @param spare whether the device has nothing to do for real images
   * @param bytes of files at most that it holds
   * @param patience after which a call of the model counts as hung
   */
  public Shadow(
      double share, ShadowMeters meters, BooleanSupplier spare, long bytes, Duration patience) {
    this.share = share;
    this.meters = meters;
    this.spare = spare;
    this.bytes = bytes;
    this.patience = patience;
  }

  /**
   * Looks on at a version's images.
   *
   * @param active its terms
   */
  public PipelineListener onlooker(DecisionPolicy active) {
    return new PipelineListener() {
      @Override
      public void seen(DecodedView sight) {
        ShadowRun running = run;
        if (running != null && isSampled(sight.sha256(), share)) {
          running.seen(sight, active);
        }
      }
    };
  }

  /**
   * Runs what is deployed, in the place of what ran; or nothing.
   *
   * @param loader finds, verifies, loads and warms
   */
  public void deploy(Optional<ModelDeployment> next, Function<ModelDeployment, OnTrial> loader) {
    stop();
    if (next.isEmpty() || share == 0) {
      return;
    }
    try {
      OnTrial model = loader.apply(next.get());
      meters.shows(model.policy().identity());
      run = new ShadowRun(model, meters, spare, bytes, patience);
      LOG.info("{} runs as the shadow, on {} of the images", model.label(), share);
    } catch (RuntimeException e) {
      meters.refused();
      LOG.error("{} It does not run as the shadow.", e.getMessage());
    }
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * @param sha256 lower-case hex
   */
  static boolean isSampled(String sha256, double share) {
    return Long.parseLong(sha256.substring(0, DIGITS), 16) < share * WHOLE;
  }

  private void stop() {
    ShadowRun before = run;
    if (before != null) {
      run = null;
      before.close();
      LOG.info("{} is the shadow no longer", before.label());
    }
  }
}
