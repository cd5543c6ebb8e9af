package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.CommandRun;
import org.osteon.testing.HalfAndHalf;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/**
 * A graph in which a native kernel divides by zero, at one picture or at its first call. The
 * replica is this very process: that it ends tells that it lives.
 */
@Tag("integration")
class CrashingVersionTest {
  private static final int GROUP = 10;

  @TempDir private Path folder;

  @Test
  void asAShadowItIsGivenUpOrRefused() throws Exception {
    ModelVersion aborting = AlteredVersion.ABORTING.of(Deployed.SMALLEST, folder);
    ModelVersion crashing = AlteredVersion.CRASHING.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital();
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      Deployed.shadow(hospital, aborting, aborting.folder().toUri());
      await().until(() -> shown(service, "osteon_shadow_model") == 1);
      hospital.ward.publish(GROUP);
      await().until(() -> value(service, "osteon_shadow_images_total", "compared") == GROUP);
      hospital.ward.publish(HalfAndHalf.png(), "");
      hospital.ward.awaitSends();
      await().until(() -> value(service, "osteon_shadow_changes_total", "lost") == 1);
      await().until(() -> shown(service, "osteon_shadow_model") == 0);
      hospital.ward.publish(GROUP);

      Deployed.shadow(hospital, crashing, crashing.folder().toUri());
      await().until(() -> value(service, "osteon_shadow_changes_total", "refused") == 1);
      hospital.ward.publish(GROUP);
      assertThat(unharmed(hospital, service).results()).hasSize(3 * GROUP + 1);
      assertThat(value(service, "osteon_shadow_changes_total", "started"))
          .as("no process was started again")
          .isEqualTo(1);
    }
  }

  @Test
  void asACanaryItIsWithdrawnOrRefusedAndTheActiveVersionAnswersItsImages() throws Exception {
    ModelVersion aborting = AlteredVersion.ABORTING.of(Deployed.SMALLEST, folder);
    ModelVersion crashing = AlteredVersion.CRASHING.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital();
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      Deployed.canary(hospital.settings, aborting, aborting.folder().toUri());
      await().until(() -> shown(service, "osteon_canary_model") == 1);
      hospital.ward.publish(2);
      await().until(() -> ofTheCanary(hospital.ward.evidence(true)) > 0);
      hospital.ward.publish(HalfAndHalf.png(), "");
      hospital.ward.publish(2 * GROUP);
      await().until(() -> value(service, "osteon_canary_changes_total", "withdrawn") == 1);
      await().until(() -> shown(service, "osteon_canary_model") == 0);
      long answered = ofTheCanary(unharmed(hospital, service));
      assertThat(
              CommandRun.of(
                      hospital.settings, "model", "list", Deployed.MODELS.toString(), "--deployed")
                  .out())
          .containsPattern("withdrawn osteon-s/aborting.*process ended with status")
          .doesNotContain("canary    ");

      Deployed.canary(hospital.settings, crashing, crashing.folder().toUri());
      await().until(() -> value(service, "osteon_canary_changes_total", "refused") >= 1);
      hospital.ward.publish(GROUP);
      Evidence evidence = unharmed(hospital, service);
      assertThat(evidence.results()).hasSize(2 + 1 + 3 * GROUP);
      assertThat(ofTheCanary(evidence)).isEqualTo(answered);
    }
  }

  @Test
  void deployedToAnswerItIsRefusedByReplicasThatRunAndByThoseThatStart() throws Exception {
    ModelVersion crashing = AlteredVersion.CRASHING.of(Deployed.SMALLEST, folder);
    ModelVersion renamed = AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital()) {
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Deployed.version(hospital, renamed, renamed.folder().toUri());
        await().until(() -> service.modelLabel().equals("osteon-s/renamed"));
        hospital.ward.publish(GROUP);
        Deployed.version(hospital, crashing, crashing.folder().toUri());
        await().until(() -> value(service, "osteon_model_switches_total", "refused") >= 1);
        hospital.ward.publish(GROUP);
        assertThat(hospital.ward.evidence(true).results()).hasSize(2 * GROUP);
        assertThat(service.modelLabel()).isEqualTo("osteon-s/renamed");
        assertThat(service.health().notReady()).isEmpty();
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        assertThat(value(service, "osteon_model_switches_total", "refused")).isPositive();
        hospital.ward.publish(GROUP);
        assertThat(unharmed(hospital, service).results()).hasSize(3 * GROUP);
      }
    }
  }

  /** Each event has its one result, and nothing says that something is amiss. */
  private static Evidence unharmed(Hospital hospital, OsteonService service) throws Exception {
    Evidence evidence = hospital.ward.evidence(true);
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.deadLetters()).isEmpty();
    assertThat(service.modelLabel()).isEqualTo(Deployed.SMALLEST_LABEL);
    assertThat(service.health().notReady()).isEmpty();
    return evidence;
  }

  private static long ofTheCanary(Evidence evidence) {
    return evidence.results().stream()
        .filter(result -> result.value().getRollout() != null)
        .count();
  }

  private static int shown(OsteonService service, String gauge) throws Exception {
    return Scrape.of(service.httpPort()).of(gauge).size();
  }

  private static double value(OsteonService service, String name, String label) throws Exception {
    List<Scrape.Sample> samples = Scrape.of(service.httpPort()).of(name);
    return samples.stream()
        .filter(sample -> sample.labels().containsValue(label))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private static Hospital hospital() throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        Map.of(
            "batch.max.size",
            "1",
            "model.shadow.share",
            "1",
            // On a busy machine nothing is to be withdrawn for its time.
            "model.canary.max.latency.ratio",
            "100",
            "model.canary.max.late",
            "0.9",
            "model.canary.patience.ms",
            "4000"));
  }
}
