package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.KillPoint;
import org.osteon.testing.hospital.Replica;
import org.osteon.testing.hospital.Transactions;

/**
 * The long form, {@code make chaos}: three replicas, thousands of events, each named point, random
 * kills, a rolling restart, a broker killed and a registry away, one after another in one run.
 */
@Tag("chaos")
@EnabledIfSystemProperty(named = "osteon.chaos", matches = "long")
class ChaosTest {
  private static final int PORTION = 300;

  /**
   * Images of a study. On a slow machine, which is fed until a replica has died, they become more
   * than the usual 256, and what is not listed cannot be held against the results.
   */
  private static final String LISTED = "700";

  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2, classic",
    "exactly_once_v2, streams",
    "at_least_once,   classic",
    "at_least_once,   streams",
  })
  void nothingIsLostWhateverHappens(String guarantee, String protocol) throws Exception {
    Random random = new Random(5);
    try (BrokerProcess broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES);
        RegistryProcess registry = RegistryProcess.launch();
        Hospital hospital =
            new Hospital(
                broker.bootstrapServers(),
                registry.url(),
                guarantee,
                protocol,
                Map.of("decode.isolation", "process", "studies.max.images", LISTED))) {
      List<Replica> living = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        living.add(hospital.start());
      }
      hospital.ward.publish(PORTION);
      int points = 0;
      for (KillPoint point : pointsOf(guarantee, protocol)) {
        living.remove(0).kill();
        Replica doomed = hospital.startToBeKilled(point, 1 + random.nextInt(4));
        hospital.ward.publish(PORTION);
        await().until(() -> feed(hospital, doomed));
        assertThat(doomed.exitStatus()).as(doomed.log()).isEqualTo(Replica.KILLED);
        living.add(hospital.start());
        points++;
      }
      for (int i = 0; i < 3; i++) {
        living.remove(random.nextInt(living.size())).kill();
        hospital.ward.publish(PORTION);
        living.add(hospital.start());
      }
      for (int i = 0; i < 3; i++) {
        Replica old = living.remove(0);
        hospital.ward.publish(PORTION / 2);
        assertThat(old.terminate()).as(old.log()).isZero();
        living.add(hospital.start());
      }
      if (guarantee.equals("exactly_once_v2")) {
        hospital.ward.evidence(true);
        Transactions.awaitRest(hospital.settings);
      }
      broker.kill();
      broker.start();
      hospital.ward.publish(PORTION);
      registry.kill();
      living.add(hospital.start());
      hospital.ward.publish(PORTION);
      registry.start();
      Evidence evidence = hospital.ward.evidence(true);
      report(guarantee, protocol, points, evidence);
      for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
        promise.check(evidence);
      }
    }
  }

  private static List<KillPoint> pointsOf(String guarantee, String protocol) {
    List<KillPoint> points = new ArrayList<>(List.of(KillPoint.values()));
    // Only without a barrier: see KillsTest.
    points.remove(KillPoint.AFTER_A_COMMIT_TOO_SOON);
    // Nothing is deployed here: see ModelSwitchTest.
    points.remove(KillPoint.AFTER_THE_SWITCH);
    if (guarantee.equals("at_least_once") && protocol.equals("streams")) {
      points.removeAll(List.of(KillPoint.BEFORE_THE_COMMIT, KillPoint.AFTER_THE_COMMIT));
    }
    return points;
  }

  private static boolean feed(Hospital hospital, Replica replica) throws Exception {
    if (replica.isAlive()) {
      hospital.ward.publish(4);
    }
    return !replica.isAlive();
  }

  private static void report(String guarantee, String protocol, int points, Evidence evidence) {
    long distinct = evidence.results().stream().map(Evidence.Result::eventId).distinct().count();
    System.out.printf(
        "chaos | %s | %s | %d events | %d results | %d twice | %d named points%n",
        guarantee,
        protocol,
        evidence.published().size(),
        distinct,
        evidence.results().size() - distinct,
        points);
  }
}
