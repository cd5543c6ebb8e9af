package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.HalfAndHalf;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;

/** An image at which the model's native code ends the process: it is found out. */
@Tag("chaos")
class KilledReplicaTest {
  private static final int GOOD = 500;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void anImageThatKillsReplicasKillsTwoAtMost(String guarantee, @TempDir Path folder)
      throws Exception {
    String aborting = AlteredVersion.ABORTING.of(Deployed.SMALLEST, folder).folder().toString();
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            Map.of("model.path", aborting, "inference.precision", "f32"))) {
      List<Replica> replicas = new ArrayList<>();
      List<String> options = new ArrayList<>(Replica.SHORT_LIVED);
      // Of a crash that is meant nothing needs to be kept.
      options.add("-XX:ErrorFile=/dev/null");
      for (int i = 0; i < 3; i++) {
        replicas.add(hospital.startWith(options));
      }
      for (Replica replica : replicas) {
        await().until(replica::isUp);
      }
      hospital.ward.publish(GOOD / 2);
      hospital.ward.publish(HalfAndHalf.png(), "KILLED_A_REPLICA");
      hospital.ward.publish(GOOD / 2);
      Evidence evidence = hospital.ward.evidence(true);
      for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
        promise.check(evidence);
      }
      assertThat(evidence.deadLetters()).hasSize(1);
      assertThat(replicas)
          .as(hospital.logs())
          .filteredOn(each -> !each.isAlive())
          .isNotEmpty()
          .hasSizeLessThanOrEqualTo(2);
      assertThat(hospital.terminateAll()).as(hospital.logs()).isNotEmpty().containsOnly(0);
    }
  }
}
