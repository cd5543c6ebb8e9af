package org.osteon.topology.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ImagingOrder;
import org.osteon.event.OrderStatus;
import org.osteon.event.Priority;
import org.osteon.event.StudyAssessment;
import org.osteon.testing.Verdicts;
import org.osteon.topology.listen.OrderFate;
import org.osteon.topology.order.OrderBook;

/** Orders and answers of a study, whichever comes first. */
class OrderJoinTest extends StudiesWithOrders {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOrderThatIsThereFirstMakesVerdictAndAlertStat(boolean exactlyOnce) {
    start(exactlyOnce);
    put(order("2.25.1", null, "n1", Priority.STAT, 0));
    assertThat(studies.isEmpty()).as("nothing was answered yet").isTrue();
    put(result("a", "2.25.1", null));
    put(result("b", "2.25.2", null));
    assertThat(studies.readValuesToList())
        .extracting(OrderJoinTest::said)
        .containsExactly("2.25.1 STAT n1 ICD|S52", "2.25.2 ROUTINE null null");
    assertThat(alerts.readValuesToList())
        .extracting(each -> each.getPriority() + " " + each.getOrderNumber())
        .containsExactly("STAT n1", "ROUTINE null");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLateOrderGivesTheVerdictOnceMoreAndNoSecondAlert(boolean exactlyOnce) {
    start(exactlyOnce);
    put(result("a", "2.25.1", "acc"));
    put(result("b", "2.25.2", "acc"));
    put(result("c", "2.25.3", "acc2"));
    studies.readValuesToList();
    assertThat(alerts.readValuesToList()).hasSize(3);
    put(order(null, "acc", "n1", Priority.STAT, 0));
    assertThat(studies.readValuesToList())
        .extracting(OrderJoinTest::said)
        .containsExactlyInAnyOrder("2.25.1 STAT n1 ICD|S52", "2.25.2 STAT n1 ICD|S52");
    assertThat(alerts.isEmpty()).isTrue();
    put(result("d", "2.25.1", "acc", 0.05, 0.9));
    assertThat(alerts.readValuesToList())
        .as("what gets worse is said, with what is known by now")
        .extracting(each -> each.getSeverity() + " " + each.getPriority())
        .containsExactly("CRITICAL STAT");
  }

  @Test
  void aSettledStudyStaysSettledWhenItsOrderComes() {
    start(true);
    put(result("a", "2.25.1", "acc"));
    clock.advance(Duration.ofMinutes(1));
    driver.advanceWallClockTime(Duration.ofMinutes(1));
    StudyAssessment settled = last();
    assertThat(settled.getSettled()).isTrue();
    put(order(null, "acc", "n1", Priority.STAT, 0));
    assertThat(last())
        .isEqualTo(
            StudyAssessment.newBuilder(settled)
                .setPriority(Priority.STAT)
                .setOrderNumber("n1")
                .setReasonCode("ICD|S52")
                .build());
  }

  @Test
  void whatComesAgainChangesNothing() {
    start(true);
    put(order("2.25.1", "acc", "n1", Priority.STAT, 0));
    put(result("a", "2.25.1", "acc"));
    StudyAssessment first = last();
    for (int i = 0; i < 3; i++) {
      put(order("2.25.1", "acc", "n1", Priority.STAT, 0));
      put(result("a", "2.25.1", "acc"));
    }
    assertThat(studies.isEmpty()).isTrue();
    assertThat(said(first)).isEqualTo("2.25.1 STAT n1 ICD|S52");
    assertThat(fates)
        .containsExactly(OrderFate.TAKEN, OrderFate.KNOWN, OrderFate.KNOWN, OrderFate.KNOWN);
  }

  @Test
  void whatWasSaidLaterCountsWhicheverComesFirst() {
    start(true);
    put(order("2.25.1", null, "n1", Priority.ROUTINE, 5));
    put(order("2.25.1", null, "n1", Priority.STAT, 1));
    put(result("a", "2.25.1", null));
    assertThat(said(last())).isEqualTo("2.25.1 ROUTINE n1 ICD|S52");
    put(order("2.25.2", null, "n2", Priority.STAT, 1));
    put(cancelled("2.25.2", "n2", 2));
    put(order("2.25.2", null, "n2", Priority.STAT, 1));
    put(result("b", "2.25.2", null));
    assertThat(said(last())).as("taken back before").isEqualTo("2.25.2 ROUTINE null null");
    put(order("2.25.3", null, "n3", Priority.STAT, 1));
    put(result("c", "2.25.3", null));
    put(cancelled("2.25.3", "n3", 2));
    assertThat(said(last())).as("nothing makes it less").isEqualTo("2.25.3 STAT n3 ICD|S52");
  }

  @Test
  void ofTwoOrdersOfAStudyTheUrgentOneCounts() {
    start(true);
    put(order("2.25.1", null, "n1", Priority.STAT, 1));
    put(order(null, "acc", "n2", Priority.ROUTINE, 9));
    put(result("a", "2.25.1", "acc"));
    assertThat(said(last())).isEqualTo("2.25.1 STAT n1 ICD|S52");
  }

  @Test
  void whatIsNoOrderIsNamedAndLeft() {
    start(true);
    orders.pipeInput(new byte[] {1}, "no order".getBytes(StandardCharsets.UTF_8));
    put(order(null, null, "n1", Priority.STAT, 0));
    put(order("2.25.1", null, "n1", Priority.STAT, 60 * 60 * 25));
    ImagingOrder old = order("2.25.1", null, "n1", Priority.STAT, 0);
    old.setPublishedAt(NOW.minus(KEEP).minusSeconds(1));
    put(old);
    put(result("a", "2.25.1", null));
    assertThat(said(last())).isEqualTo("2.25.1 ROUTINE null null");
    assertThat(fates)
        .containsExactly(
            OrderFate.UNREADABLE, OrderFate.UNREADABLE, OrderFate.UNREADABLE, OrderFate.TOO_OLD);
    assertThat(unreadable).hasSize(3).allMatch(each -> each.startsWith("partition 0, offset "));
  }

  @Test
  void ordersAndWhatFindsStudiesAreForgotten() {
    start(true);
    put(order("2.25.1", "acc", "n1", Priority.STAT, 0));
    put(result("a", "2.25.9", "other"));
    assertThat(count(OrderBook.NAME)).isEqualTo(2);
    assertThat(count(StudiesByAccession.NAME)).isEqualTo(1);
    clock.advance(KEEP.plusHours(200));
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(count(OrderBook.NAME)).isZero();
    assertThat(count(StudiesByAccession.NAME)).isZero();
    assertThat(count(StudyStates.NAME)).isZero();
  }

  private long count(String store) {
    long found = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        found++;
      }
    }
    return found;
  }

  private StudyAssessment last() {
    List<StudyAssessment> all = studies.readValuesToList();
    return all.get(all.size() - 1);
  }

  private static String said(StudyAssessment verdict) {
    return verdict.getStudyInstanceUid()
        + " "
        + verdict.getPriority()
        + " "
        + verdict.getOrderNumber()
        + " "
        + verdict.getReasonCode();
  }

  private static ClassificationResult result(
      String event, String study, @Nullable String accession) {
    return result(event, study, accession, 0.9, 0.05);
  }

  private static ClassificationResult result(
      String event,
      String study,
      @Nullable String accession,
      double fractured,
      double beyondRepair) {
    return ClassificationResult.newBuilder(Verdicts.result(event, study, fractured, beyondRepair))
        .setAccessionNumber(accession)
        .setPriority(Priority.ROUTINE)
        .setProcessedAt(NOW)
        .build();
  }

  private static ImagingOrder order(
      @Nullable String study,
      @Nullable String accession,
      String number,
      Priority priority,
      long seconds) {
    return ImagingOrder.newBuilder()
        .setOrderId("o" + seconds)
        .setStudyInstanceUid(study)
        .setAccessionNumber(accession)
        .setOrderNumber(number)
        .setPriority(priority)
        .setStatus(OrderStatus.ACTIVE)
        .setReasonCode("ICD|S52")
        .setSaidAt(NOW.plusSeconds(seconds))
        .setPublishedAt(NOW)
        .build();
  }

  private static ImagingOrder cancelled(String study, String number, long seconds) {
    return ImagingOrder.newBuilder(order(study, null, number, Priority.STAT, seconds))
        .setStatus(OrderStatus.CANCELLED)
        .build();
  }
}
