package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.event.Priority;
import org.osteon.event.StudyAssessment;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.KillPoint;
import org.osteon.testing.hospital.Replica;
import org.osteon.testing.hospital.Ward;

/**
 * Orders on their way before, amid and after their images, while replicas are killed: in the end
 * each study's verdict has its order, and nothing of the images is lost or doubled for it.
 */
@Tag("chaos")
class OrdersKilledTest {
  private static final int EVENTS = 240;

  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2, classic, BEFORE_THE_COMMIT, AFTER_THE_DRAIN",
    "at_least_once,   streams, AFTER_SUBMIT,      AFTER_THE_DRAIN",
  })
  void everyVerdictHasItsOrderHoweverOftenReplicasAreKilled(
      String guarantee, String protocol, KillPoint first, KillPoint second) throws Exception {
    Map<String, String> more = Map.of("orders.keep.hours", "48", "decode.isolation", "none");
    try (BrokerProcess broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES);
        Hospital hospital =
            new Hospital(
                broker.bootstrapServers(), Platform.registry().url(), guarantee, protocol, more)) {
      hospital.ward.order(third(0));
      List<Replica> doomed =
          List.of(
              hospital.startToBeKilled(first, occurrence(first)),
              hospital.startToBeKilled(second, occurrence(second)));
      for (Replica replica : doomed) {
        await().until(replica::isUp);
      }
      hospital.ward.publish(EVENTS / 2);
      // One half of these goes to the replica that dies first, the other to the one that is left.
      hospital.ward.order(third(1).subList(0, 10));
      for (Replica replica : doomed) {
        await().until(() -> feed(hospital, replica));
        assertThat(replica.exitStatus()).as(replica.log()).isEqualTo(Replica.KILLED);
        await().until(hospital.start()::isUp);
        hospital.ward.order(third(1));
      }
      hospital.ward.publish(EVENTS / 2);
      Evidence images = hospital.ward.evidence(true);
      hospital.ward.order(third(2));
      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(
              () -> assertThat(orders(hospital.ward.evidence(false))).isEqualTo(expected()));
      Evidence evidence = hospital.ward.evidence(false);
      assertThat(evidence.results()).hasSameSizeAs(images.results());
      for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
        promise.check(evidence);
      }
      for (StudyAssessment study : evidence.studies().values()) {
        boolean ordered = number(study) % 5 == 0;
        boolean byEvent =
            evidence.results().stream()
                .anyMatch(
                    each ->
                        each.key().equals(study.getStudyInstanceUid())
                            && each.value().getPriority() == Priority.STAT);
        assertThat(study.getPriority())
            .as(study.getStudyInstanceUid())
            .isEqualTo(ordered || byEvent ? Priority.STAT : Priority.ROUTINE);
      }
      // What was ordered before any image of it came is in each of its results.
      assertThat(
              evidence.results().stream()
                  .filter(each -> number(each.key()) % 3 == 0)
                  .map(each -> each.value().getOrderNumber() + " " + each.key())
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(
              third(0).stream().map(n -> "P-%d 2.25.%d".formatted(n, n)).toList());
      assertThat(hospital.terminateAll()).as(hospital.logs()).hasSize(2).containsOnly(0);
    }
  }

  private static List<Integer> third(int rest) {
    return IntStream.range(0, Ward.STUDIES).filter(n -> n % 3 == rest).boxed().toList();
  }

  private static Map<String, String> orders(Evidence evidence) {
    Map<String, String> orders = new TreeMap<>();
    evidence
        .studies()
        .forEach(
            (study, verdict) ->
                orders.put(study, verdict.getOrderNumber() + " " + verdict.getReasonCode()));
    return orders;
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    for (int n = 0; n < Ward.STUDIES; n++) {
      expected.put("2.25." + n, "P-" + n + " I10|S" + n);
    }
    return expected;
  }

  private static int number(StudyAssessment study) {
    return number(study.getStudyInstanceUid());
  }

  private static int number(String study) {
    return Integer.parseInt(study.substring(study.lastIndexOf('.') + 1));
  }

  private static boolean feed(Hospital hospital, Replica replica) throws Exception {
    if (replica.isAlive()) {
      hospital.ward.publish(4);
    }
    return !replica.isAlive();
  }

  private static int occurrence(KillPoint point) {
    return point == KillPoint.AFTER_SUBMIT ? 30 : 2;
  }
}
