package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.digest.Sha256;
import org.osteon.model.ModelVersion;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.KillPoint;
import org.osteon.testing.hospital.Replica;

/** Replicas that die while two versions answer, each its studies. */
@Tag("integration")
class CanaryKilledTest {
  private static final double SHARE = .5;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"exactly_once_v2, INSIDE_A_BATCH", "at_least_once, AFTER_THE_DRAIN"})
  void nothingIsLostAndEachStudyKeepsItsVersion(String guarantee, KillPoint point)
      throws Exception {
    ModelVersion canary = AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital = hospital(guarantee)) {
      // At least once, behind a backlog, a drain comes every half a minute.
      int occurrence = point == KillPoint.INSIDE_A_BATCH ? 12 : 2;
      Replica doomed = hospital.startToBeKilled(point, occurrence);
      Replica other = hospital.start();
      CommandRun deployed =
          CommandRun.of(
              hospital.settings,
              "model",
              "deploy",
              "--canary",
              "--share",
              Double.toString(SHARE),
              canary.folder().toString());
      assertThat(deployed.status()).as(deployed.err()).isZero();
      await().until(doomed::isUp);
      await().until(other::isUp);
      await()
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                hospital.ward.publish(20);
                return !doomed.isAlive();
              });
      assertThat(doomed.exitStatus()).as(doomed.log()).isEqualTo(Replica.KILLED);
      hospital.ward.publish(60);
      await()
          .until(
              () -> {
                hospital.ward.publish(20);
                return marked(hospital.ward.evidence(true)).size() > 30;
              });
      Evidence evidence = hospital.ward.evidence(true);
      boolean exactlyOnce = guarantee.equals("exactly_once_v2");
      // At least once, an image that comes again may be answered by the other version.
      List<Guarantee> promises =
          exactlyOnce
              ? Guarantee.of(true)
              : List.of(
                  Guarantee.NOTHING_IS_LOST,
                  Guarantee.ORDER_WITHIN_A_STUDY,
                  Guarantee.KEYS_AND_BYTES_ARE_KEPT);
      promises.forEach(promise -> promise.check(evidence));
      assertThat(evidence.deadLetters()).isEmpty();
      Set<String> studies =
          marked(evidence).stream().map(Evidence.Result::key).collect(Collectors.toSet());
      assertThat(studies).isNotEmpty().allMatch(CanaryKilledTest::isOfTheShare);
      assertThat(evidence.results())
          .allSatisfy(
              result ->
                  assertThat(result.value().getModel().getVersion())
                      .isEqualTo(
                          result.value().getRollout() == null
                              ? Deployed.SMALLEST_NUMBER
                              : canary.manifest().version()));
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsOnly(0);
    }
  }

  private static List<Evidence.Result> marked(Evidence evidence) {
    return evidence.results().stream()
        .filter(result -> "CANARY".equals(result.value().getRollout()))
        .toList();
  }

  /** As {@code docs/rollout.md} says which studies those are. */
  private static boolean isOfTheShare(String study) {
    String digest = Sha256.of(study.getBytes(StandardCharsets.UTF_8));
    return Long.parseLong(digest.substring(0, 8), 16) < SHARE * 0x1p32;
  }

  private static Hospital hospital(String guarantee) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        guarantee,
        "classic",
        Map.of(
            // Two versions, loaded and killed on a busy machine, are slow for a while.
            "model.canary.max.latency.ratio", "1000",
            "model.canary.max.late", "0.99",
            "model.canary.promote.studies", "0"));
  }
}
