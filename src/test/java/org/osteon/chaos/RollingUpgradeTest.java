package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ModelVersion;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;

/**
 * Three replicas under load, replaced one after another, with a model switch in the middle. {@code
 * make rolling-upgrade} holds how long an image waited to a bound as well.
 */
@Tag("chaos")
class RollingUpgradeTest {
  private static final boolean TIMED = "timed".equals(System.getProperty("osteon.rolling"));

  /** Of two batches and a commit under load. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  @Test
  void nothingIsLostNothingRepeatedAndWhatWasSentIsReadBeforeTheNextIsReplaced(@TempDir Path folder)
      throws Exception {
    // What is timed is the version that serves.
    ModelVersion first =
        TIMED
            ? ModelVersion.read(Deployed.NEWEST)
            : AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            Map.of("model.path", first.folder().toString()))) {
      List<Replica> fleet = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        fleet.add(hospital.start());
      }
      for (Replica replica : fleet) {
        await().until(replica::isUp);
      }
      Map<String, Instant> sent = new ConcurrentHashMap<>();
      hospital.ward.publish(50);
      hospital.ward.evidence(true);
      Duration longest = Duration.ZERO;
      try (ResultReader reader = new ResultReader(hospital.settings)) {
        Load load = new Load(hospital, sent, reader.seen());
        load.start();
        for (int i = 0; i < fleet.size(); i++) {
          Set<String> before = Set.copyOf(sent.keySet());
          Instant begun = Instant.now();
          assertThat(fleet.get(i).terminate()).as(hospital.logs()).isZero();
          Replica next = hospital.start();
          await().until(next::isUp);
          Duration took = Duration.between(begun, Instant.now());
          longest = took.compareTo(longest) > 0 ? took : longest;
          await("what was sent before").until(() -> reader.seen().keySet().containsAll(before));
          if (i == 1) {
            Deployed.version(hospital, "1");
          }
        }
        load.finish();
        await("all").until(() -> reader.seen().keySet().containsAll(sent.keySet()));
        report(sent, reader.seen(), longest);
      }
      hospital.ward.publish(50);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(hospital.ward.size());
      assertThat(evidence.results().stream().map(r -> r.value().getModel().getVersion()).distinct())
          .containsExactlyInAnyOrder("1", first.manifest().version());
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsOnly(0);
    }
  }

  /** Says how long an image took to be read, and holds it to a bound on a machine that is idle. */
  private static void report(
      Map<String, Instant> sent, Map<String, Instant> seen, Duration longest) {
    long oldest =
        sent.entrySet().stream()
            .mapToLong(
                each -> Duration.between(each.getValue(), seen.get(each.getKey())).toMillis())
            .max()
            .orElse(0);
    System.out.printf(
        "rolling upgrade: %d events under load, read after %d ms at most, a replacement took %d ms"
            + " at most%n",
        sent.size(), oldest, longest.toMillis());
    if (TIMED) {
      assertThat(Duration.ofMillis(oldest)).isLessThanOrEqualTo(longest.plus(MARGIN));
    }
  }
}
