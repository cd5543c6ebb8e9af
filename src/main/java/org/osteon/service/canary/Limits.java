package org.osteon.service.canary;

import java.time.Duration;
import org.osteon.config.Settings;
import org.osteon.config.keys.CanaryKeys;

/**
 * What a canary may do and still go on.
 *
 * @param failed share of studies, as all shares here
 * @param latencyRatio of its call's time to the active version's
 * @param patience how long after the active version's answer its own is waited for
 * @param promoteStudies after so many it is promoted; 0 for never
 * @param promoteAfter and not before this time
 */
record Limits(
    double failed,
    double late,
    double disagreement,
    double referralChange,
    double latencyRatio,
    Duration patience,
    int promoteStudies,
    Duration promoteAfter) {
  /** Most images must keep to the ratio. */
  static final double SLOW = 0.5;

  static Limits of(Settings settings) {
    return new Limits(
        settings.get(CanaryKeys.MAX_FAILED),
        settings.get(CanaryKeys.MAX_LATE),
        settings.get(CanaryKeys.MAX_DISAGREEMENT),
        settings.get(CanaryKeys.MAX_REFERRAL_CHANGE),
        settings.get(CanaryKeys.MAX_LATENCY_RATIO),
        settings.get(CanaryKeys.PATIENCE_MS),
        settings.get(CanaryKeys.PROMOTE_STUDIES),
        settings.get(CanaryKeys.PROMOTE_HOURS));
  }

  /** The limit of one criterion. */
  double of(Criterion criterion) {
    return switch (criterion) {
      case FAILED -> failed;
      case LATE -> late;
      case DISAGREED -> disagreement;
      case REFERRED_MORE, REFERRED_LESS -> referralChange;
      case SLOW -> SLOW;
    };
  }
}
