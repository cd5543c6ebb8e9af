package org.osteon.service.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ModelDeployment;

/**
 * Whether a canary has been good for long enough: by the sum of what all replicas saw of it, those
 * that have ended since included.
 *
 * @param limits that it must keep to
 */
record Promotion(Limits limits) {
  /** What a replica that is gone could not run is forgotten. */
  private static final Duration HEARD = Duration.ofMinutes(5);

  /**
   * Why it is to be promoted, or nothing.
   *
   * @param standings of all replicas
   * @param activeSha256 the version that answers now: what was seen beside another does not count
   */
  Optional<String> due(
      ModelDeployment canary, List<CanaryStanding> standings, String activeSha256, Instant now) {
    boolean refused =
        standings.stream()
            .anyMatch(one -> one.getRefused() && one.getUpdatedAt().plus(HEARD).isAfter(now));
    if (refused
        || limits.promoteStudies() == 0
        || canary.getDeployedAt().plus(limits.promoteAfter()).isAfter(now)) {
      return Optional.empty();
    }
    List<CanaryStanding> counted =
        standings.stream().filter(one -> one.getActiveSha256().equals(activeSha256)).toList();
    double studies = sum(counted, CanaryStanding::getStudies);
    if (studies < limits.promoteStudies()) {
      return Optional.empty();
    }
    double failed = sum(counted, CanaryStanding::getFailed) / studies;
    double late = sum(counted, CanaryStanding::getLate) / studies;
    double disagreed = sum(counted, CanaryStanding::getDisagreed) / studies;
    double referral =
        (sum(counted, CanaryStanding::getReferredMore)
                - sum(counted, CanaryStanding::getReferredLess))
            / studies;
    double timed = sum(counted, CanaryStanding::getTimed);
    double slow = timed == 0 ? 0 : sum(counted, CanaryStanding::getSlow) / timed;
    boolean within =
        failed <= limits.failed()
            && late <= limits.late()
            && disagreed <= limits.disagreement()
            && Math.abs(referral) <= limits.referralChange()
            && slow <= Limits.SLOW;
    return within
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Within all limits over %.0f studies: failed on %.2f %%, late on %.2f %%, another label on %.1f %%, referral share %+.1f points.",
                studies,
                100 * failed,
                100 * late,
                100 * disagreed,
                100 * referral))
        : Optional.empty();
  }

  private static double sum(List<CanaryStanding> all, ToLongFunction<CanaryStanding> what) {
    return all.stream().mapToLong(what).sum();
  }
}
