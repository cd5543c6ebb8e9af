package org.osteon.cli.model;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ModelDeployment;

/** How a canary stands, in one line. */
final class CanaryWords {
  private CanaryWords() {}

  /**
   * @param standings of all replicas
   */
  static String of(ModelDeployment canary, List<CanaryStanding> standings) {
    long refused = standings.stream().filter(CanaryStanding::getRefused).count();
    return String.format(
        Locale.ROOT,
        "          answers %s of the studies; %d seen: failed on %d, late on %d, another label on %d, referral %+d%s",
        canary.getShare(),
        sum(standings, CanaryStanding::getStudies),
        sum(standings, CanaryStanding::getFailed),
        sum(standings, CanaryStanding::getLate),
        sum(standings, CanaryStanding::getDisagreed),
        sum(standings, CanaryStanding::getReferredMore)
            - sum(standings, CanaryStanding::getReferredLess),
        refused == 0 ? "" : "; refused by %d replicas".formatted(refused));
  }

  private static long sum(List<CanaryStanding> all, ToLongFunction<CanaryStanding> what) {
    return all.stream().mapToLong(what).sum();
  }
}
