package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.KillPoint;
import org.osteon.testing.hospital.Replica;

/** Three replicas as processes, killed with SIGKILL at named points: the short form. */
@Tag("chaos")
class KillsTest {
  private static final int EVENTS = 480;

  @SuppressWarnings("NullAway.Init")
  private static BrokerProcess broker;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2, classic, AFTER_THE_DRAIN, INSIDE_A_BATCH",
    "exactly_once_v2, streams, BEFORE_THE_COMMIT, AFTER_DECODE",
    "at_least_once,   classic, AFTER_THE_DRAIN, AFTER_THE_COMMIT",
    "at_least_once,   streams, AFTER_SUBMIT, AFTER_THE_DRAIN",
  })
  void nothingIsLostWhenReplicasAreKilled(
      String guarantee, String protocol, KillPoint first, KillPoint second) throws Exception {
    try (Hospital hospital = hospital(guarantee, protocol)) {
      List<Replica> doomed =
          List.of(
              hospital.startToBeKilled(first, occurrence(first)),
              hospital.startToBeKilled(second, occurrence(second)));
      // On a busy machine a model takes a minute to load, and what is fed meanwhile only piles up.
      for (Replica replica : doomed) {
        await().until(replica::isUp);
      }
      hospital.ward.publish(EVENTS / 2);
      for (Replica replica : doomed) {
        await().until(() -> feed(hospital, replica, 4));
        assertThat(replica.exitStatus()).as(replica.log()).isEqualTo(Replica.KILLED);
        await().until(hospital.start()::isUp);
      }
      await().until(hospital.start()::isUp);
      hospital.ward.publish(EVENTS / 2);
      Evidence evidence = hospital.ward.evidence(true);
      for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
        promise.check(evidence);
      }
      assertThat(hospital.terminateAll()).as(hospital.logs()).hasSize(3).containsOnly(0);
      Evidence after = hospital.ward.evidence(false);
      assertThat(after.results()).hasSameSizeAs(evidence.results());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2, classic",
    "exactly_once_v2, streams",
    "at_least_once,   classic",
    "at_least_once,   streams",
  })
  void withoutTheBarrierRecordsAreLost(String guarantee, String protocol) throws Exception {
    // Each costs minutes: one of each guarantee and each protocol here, the other two in the long
    // form.
    boolean crossed = guarantee.equals("exactly_once_v2") == protocol.equals("streams");
    assumeTrue(
        !crossed || "long".equals(System.getProperty("osteon.chaos")),
        "Run by make chaos: the long form has all four.");
    try (Hospital hospital = hospital(guarantee, protocol)) {
      Replica doomed = hospital.start("AFTER_A_COMMIT_TOO_SOON", "1", "no-barrier");
      await().until(doomed::isUp);
      // Faster than it can answer, so that it has images in hand whenever it commits.
      await().pollInterval(Duration.ofSeconds(1)).until(() -> feed(hospital, doomed, EVENTS / 8));
      assertThat(doomed.exitStatus()).isEqualTo(Replica.KILLED);
      hospital.start();
      hospital.awaitAllRead();
      Evidence evidence = hospital.ward.evidence(false);
      assertThatThrownBy(() -> Guarantee.NOTHING_IS_LOST.check(evidence))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("lost");
    }
  }

  /** The kill that shows the loss without the barrier finds no commit to kill after with it. */
  @Test
  void withTheBarrierNoCommitComesTooSoon() throws Exception {
    try (Hospital hospital = hospital("exactly_once_v2", "classic")) {
      Replica replica = hospital.startToBeKilled(KillPoint.AFTER_A_COMMIT_TOO_SOON, 1);
      await().until(replica::isUp);
      while (hospital.ward.size() < 2 * EVENTS) {
        hospital.ward.publish(EVENTS / 8);
      }
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.NOTHING_IS_LOST.check(evidence);
      assertThat(evidence.results()).hasSize(2 * EVENTS);
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsExactly(0);
    }
  }

  private static Hospital hospital(String guarantee, String protocol) throws Exception {
    // As it is shipped on one protocol; on the other with fewer processes to start.
    return new Hospital(
        broker.bootstrapServers(),
        Platform.registry().url(),
        guarantee,
        protocol,
        Map.of("decode.isolation", protocol.equals("classic") ? "process" : "none"));
  }

  /** A replica that no partition fell to sees no event; a few more find it once one does. */
  private static boolean feed(Hospital hospital, Replica replica, int events) throws Exception {
    if (replica.isAlive()) {
      hospital.ward.publish(events);
    }
    return !replica.isAlive();
  }

  /** Late enough that something was done before, and early enough to be reached. */
  private static int occurrence(KillPoint point) {
    return switch (point) {
      case AFTER_SUBMIT, AFTER_DECODE -> 30;
      case INSIDE_A_BATCH -> 3;
      default -> 2;
    };
  }
}
