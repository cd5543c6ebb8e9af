package org.osteon.service.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osteon.event.CanaryStanding;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;

class PromotionTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T00:00:00Z");
  private static final Instant DAY_LATER = BEGAN.plus(Duration.ofHours(25));
  private static final String ACTIVE = "aa";

  private final Promotion promotion =
      new Promotion(
          new Limits(.01, .05, .1, .1, 3, Duration.ofSeconds(2), 1_000, Duration.ofHours(24)));
  private final ModelDeployment canary =
      new ModelDeployment(
          "m",
          "2",
          "bb",
          "file:///m/2",
          DeploymentMode.CANARY,
          BEGAN,
          "test",
          .05,
          null,
          null,
          null);

  @Test
  void itTakesTheSumOfAllReplicasAndTheTime() {
    List<CanaryStanding> two = List.of(seen(ACTIVE, 600, 2, 30), seen(ACTIVE, 600, 3, 30));
    assertThat(promotion.due(canary, two, ACTIVE, DAY_LATER))
        .hasValueSatisfying(
            why -> assertThat(why).contains("1200 studies", "failed on 0.42 %", "label on 5.0 %"));
    assertThat(promotion.due(canary, two, ACTIVE, BEGAN.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(promotion.due(canary, two.subList(0, 1), ACTIVE, DAY_LATER)).isEmpty();
  }

  @Test
  void whatWasSeenBesideAnotherVersionDoesNotCount() {
    assertThat(promotion.due(canary, List.of(seen("cc", 2_000, 0, 0)), ACTIVE, DAY_LATER))
        .isEmpty();
  }

  @Test
  void outsideOfALimitItGoesOnBeingTried() {
    assertThat(promotion.due(canary, List.of(seen(ACTIVE, 1_000, 11, 0)), ACTIVE, DAY_LATER))
        .isEmpty();
    assertThat(promotion.due(canary, List.of(seen(ACTIVE, 1_000, 0, 101)), ACTIVE, DAY_LATER))
        .isEmpty();
  }

  @Test
  void aReplicaThatCannotRunItStandsAgainstItForAsLongAsItIsHeardOf() {
    CanaryStanding good = seen(ACTIVE, 2_000, 0, 0);
    CanaryStanding bad =
        CanaryStanding.newBuilder(seen(ACTIVE, 0, 0, 0))
            .setRefused(true)
            .setUpdatedAt(DAY_LATER)
            .build();
    assertThat(promotion.due(canary, List.of(good, bad), ACTIVE, DAY_LATER)).isEmpty();
    assertThat(
            promotion.due(canary, List.of(good, bad), ACTIVE, DAY_LATER.plus(Duration.ofHours(1))))
        .isPresent();
  }

  private static CanaryStanding seen(String active, long studies, long failed, long disagreed) {
    return new CanaryStanding(
        active, false, studies, failed, 0L, disagreed, 0L, 0L, 0L, studies, DAY_LATER);
  }
}
