package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.osteon.integration.versions.CanaryView.change;
import static org.osteon.integration.versions.CanaryView.decision;
import static org.osteon.integration.versions.CanaryView.deploy;
import static org.osteon.integration.versions.CanaryView.image;
import static org.osteon.integration.versions.CanaryView.list;
import static org.osteon.integration.versions.CanaryView.model;
import static org.osteon.integration.versions.CanaryView.runs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.HalfAndHalf;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/** A version that answers some studies: sabotaged it is withdrawn, and a good one is promoted. */
@Tag("integration")
class CanaryTest {
  /** Results of a sabotaged version at most, in one replica; {@code docs/rollout.md} says so. */
  private static final int STATED = 20;

  private static final int WARD = 61;

  @TempDir private Path folder;

  @Test
  void aSwappedClassOrderThatGoldenOutputsWereMadeToMatchIsWithdrawn() throws Exception {
    ModelVersion swapped = AlteredVersion.SWAPPED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital(Map.of());
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(deploy(hospital, swapped, "1").out()).contains("as the canary, for 1.0");
      await().until(() -> runs(service));
      hospital.ward.publish(2 * WARD);
      List<Evidence.Result> canary = withdrawn(hospital, service, swapped);
      assertThat(canary).isNotEmpty().hasSizeLessThanOrEqualTo(STATED);
      assertThat(decision(hospital)).contains("gave another label to");
    }
  }

  @Test
  void oneThatFailsOnOneBodyPartIsWithdrawnAndItsImagesAreAnswered() throws Exception {
    ModelVersion partial = AlteredVersion.PARTIAL.of(Deployed.SMALLEST, folder);
    byte[] hand = HalfAndHalf.png();
    try (Hospital hospital = hospital(Map.of());
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(deploy(hospital, partial, "1").status()).isZero();
      await().until(() -> runs(service));
      hospital.ward.examines("WRIST");
      hospital.ward.publish(30);
      await().until(() -> image(service, "answered") + image(service, "not_asked") == 30);
      assertThat(service.modelLabel()).isEqualTo(Deployed.SMALLEST_LABEL);
      hospital.ward.examines("HAND");
      for (int i = 0; i < 4; i++) {
        hospital.ward.publish(hand, "");
      }
      hospital.ward.awaitSends();
      hospital.ward.examines("WRIST");
      hospital.ward.publish(10);
      List<Evidence.Result> canary = withdrawn(hospital, service, partial);
      assertThat(canary).isNotEmpty();
      assertThat(canary).noneMatch(result -> "HAND".equals(result.value().getBodyPart()));
      assertThat(image(service, "failed")).isBetween(2.0, 4.0);
      assertThat(decision(hospital)).contains("failed on");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = AlteredVersion.class,
      names = {"SLUGGISH", "SLOW"})
  void oneThatIsSlowIsWithdrawnAndWhatItHoldsIsAnswered(AlteredVersion twist) throws Exception {
    ModelVersion slow = twist.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital(Map.of());
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(deploy(hospital, slow, "1").status()).isZero();
      await().until(() -> runs(service));
      hospital.ward.publish(2 * WARD);
      List<Evidence.Result> canary = withdrawn(hospital, service, slow);
      assertThat(canary).hasSizeLessThanOrEqualTo(STATED);
      assertThat(decision(hospital)).containsAnyOf("too long", "too many times as long", "hangs");
    }
  }

  @Test
  void aGoodOneAnswersItsShareIsPromotedByItselfAndRolledBack() throws Exception {
    ModelVersion good = AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital =
            hospital(
                Map.of("model.canary.promote.studies", "20", "model.canary.promote.hours", "0"));
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(deploy(hospital, good, "0.5").status()).isZero();
      await().until(() -> runs(service));
      await()
          .until(
              () -> {
                hospital.ward.publish(WARD);
                hospital.ward.evidence(true);
                return service.modelLabel().equals("osteon-s/renamed");
              });
      await().until(() -> !runs(service));
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      // All images of a study had one answerer at a time, and the share is about the share.
      Set<String> studies =
          canary(evidence).stream().map(Evidence.Result::key).collect(Collectors.toSet());
      assertThat(studies).hasSizeBetween(WARD / 4, 3 * WARD / 4);
      assertThat(list(hospital))
          .contains("promoted  osteon-s/renamed", "Within all limits over")
          .contains("previous  " + Deployed.SMALLEST_LABEL);
      assertThat(model(hospital, "rollback").status()).isZero();
      await().until(() -> service.modelLabel().equals(Deployed.SMALLEST_LABEL));
      hospital.ward.publish(10);
      Evidence last = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(last));
    }
  }

  @Test
  void byHandItIsWithdrawnOrPromotedAndAReplicaThatCannotRunItAnswersWithTheActiveOne()
      throws Exception {
    ModelVersion good = AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital(Map.of("model.canary.promote.hours", "0"));
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(deploy(hospital, good, "2").status()).isEqualTo(2);
      assertThat(model(hospital, "withdraw", "--canary").err())
          .contains("No version runs as the canary");
      assertThat(deploy(hospital, good, "1").status()).isZero();
      await().until(() -> runs(service));
      hospital.ward.publish(10);
      await().until(() -> canary(hospital.ward.evidence(true)).size() == 10);
      assertThat(model(hospital, "withdraw").out()).contains("is the canary no longer");
      await().until(() -> !runs(service));
      hospital.ward.publish(10);
      assertThat(canary(hospital.ward.evidence(true))).hasSize(10);

      Deployed.canary(hospital.settings, good, folder.resolve("nowhere").toUri());
      await().until(() -> change(service, "refused") >= 1);
      hospital.ward.publish(10);
      assertThat(canary(hospital.ward.evidence(true))).hasSize(10);
      assertThat(service.health().notReady()).isEmpty();
      await().until(() -> list(hospital).contains("refused by 1 replicas"));

      assertThat(deploy(hospital, good, "1").status()).isZero();
      await().until(() -> runs(service));
      assertThat(model(hospital, "promote").out()).contains("promoted from canary to active");
      await().until(() -> service.modelLabel().equals("osteon-s/renamed"));
      hospital.ward.publish(10);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(canary(evidence)).hasSize(10);
    }
  }

  /** Waits for the end of it, and checks that nothing but the canary noticed. */
  private static List<Evidence.Result> withdrawn(
      Hospital hospital, OsteonService service, ModelVersion version) throws Exception {
    await().until(() -> change(service, "withdrawn") == 1);
    await().until(() -> !runs(service));
    Evidence before = hospital.ward.evidence(true);
    hospital.ward.publish(30);
    Evidence evidence = hospital.ward.evidence(true);
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.deadLetters()).isEmpty();
    assertThat(canary(evidence)).as("none after it was withdrawn").hasSameSizeAs(canary(before));
    assertThat(service.modelLabel()).isEqualTo(Deployed.SMALLEST_LABEL);
    assertThat(service.health().notReady()).isEmpty();
    Map<String, String> versions = new TreeMap<>();
    for (Evidence.Result result : evidence.results()) {
      String rollout = String.valueOf(result.value().getRollout());
      String before1 = versions.put(rollout, result.value().getModel().getVersion());
      assertThat(before1).isIn(null, result.value().getModel().getVersion());
    }
    Map<String, String> expected = new HashMap<>();
    expected.put("null", Deployed.SMALLEST_NUMBER);
    if (!canary(evidence).isEmpty()) {
      expected.put("CANARY", version.manifest().version());
    }
    assertThat(versions).isEqualTo(expected);
    assertThat(list(hospital))
        .contains("withdrawn " + version.label())
        .doesNotContain("canary    ");
    return canary(evidence);
  }

  private static List<Evidence.Result> canary(Evidence evidence) {
    return evidence.results().stream()
        .filter(result -> result.value().getRollout() != null)
        .toList();
  }

  private static Hospital hospital(Map<String, String> more) throws Exception {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                // Same labels for the same picture, whichever version answers.
                "batch.max.size", "1",
                // Of a call of milliseconds: on a machine that others use, one may wait for long.
                "model.canary.max.latency.ratio", "50",
                "model.canary.patience.ms", "4000"));
    values.putAll(more);
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        values);
  }
}
