package org.osteon.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.Performance;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** What is counted of results and truths, in whichever order and how often they come. */
@SuppressWarnings("NullAway.Init")
class JoinTest {
  private static final String EVERYTHING = "ward-7\tALL\t";
  private static final double HEALTHY = 0.05;
  private static final double DOUBTFUL = 0.5;
  private static final double BROKEN = 0.9;

  @TempDir private Path folder;
  private JoinRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new JoinRoom(folder.resolve("first"));
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void theTableIsWhatWasAnsweredAgainstWhatWasFound() {
    put("a", BROKEN, Label.FRACTURED);
    put("b", BROKEN, Label.HEALTHY);
    put("c", DOUBTFUL, Label.BEYOND_REPAIR);
    put("d", HEALTHY, Label.FRACTURED);
    put("e", HEALTHY, Label.HEALTHY);
    put("f", HEALTHY, Label.HEALTHY);
    put("g", HEALTHY, null);
    Performance figures = room.sliding(EVERYTHING);
    assertThat(figures.getStudies()).isEqualTo(7);
    assertThat(table(figures))
        .containsExactly(
            "DEFINITE FRACTURED 1",
            "DEFINITE HEALTHY 1",
            "DOUBT BEYOND_REPAIR 1",
            "NONE FRACTURED 1",
            "NONE HEALTHY 2",
            "NONE null 1");
    assertThat(figures.getTruthShare()).extracting("hits", "of").containsExactly(6L, 7L);
    assertThat(figures.getSensitivity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getSpecificity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getDefiniteSensitivity()).extracting("hits", "of").containsExactly(1L, 3L);
    assertThat(figures.getDefiniteSpecificity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getPositivePredictiveValue())
        .extracting("hits", "of")
        .containsExactly(2L, 3L);
    assertThat(figures.getAlertPrecision()).extracting("hits", "of").containsExactly(1L, 2L);
    assertThat(figures.getReferralShare()).extracting("hits", "of").containsExactly(1L, 7L);
    // |sum of probabilities - abnormal| by bin: 0.15 against 1, 0.5 against 1, 1.8 against 1.
    assertThat(figures.getCalibrationError().getValue()).isCloseTo(2.15 / 6, within(1e-6));
    assertThat(figures.getCautions()).contains("FEW_TRUTHS");
    assertThat(figures.getFromDay()).hasToString("2026-10-30");
    assertThat(figures.getToDay()).hasToString("2026-11-28");
  }

  @Test
  void groupsAreBySiteAndByWhatTheResultSays() {
    room.put(
        ClassificationResult.newBuilder(result("a", "a", BROKEN))
            .setBodyPart("wrist")
            .setPatientAgeYears(12)
            .setAttributes(Map.of("station", "room\t3"))
            .build());
    room.put(
        ClassificationResult.newBuilder(result("b", "b", HEALTHY)).setFacility("ward-8").build());
    Map<String, Performance> figures = room.figures();
    assertThat(figures.keySet())
        .contains(
            "m\t1\t00\tward-7\tALL\t\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tBODY_PART\tWRIST\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tAGE_BAND\t5-17\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tSCANNER\troom_3\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tPRIORITY\tROUTINE\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tPRIORITY\tROUTINE\tDAY\t2026-11-27",
            "m\t1\t00\tward-8\tSCANNER\t\tTHIRTY_DAYS");
    assertThat(room.sliding("\tALL\t").getStudies()).isEqualTo(2);
    assertThat(room.sliding("\tALL\t").getFacility()).isNull();
    assertThat(room.sliding("ward-8\tALL\t").getStudies()).isEqualTo(1);
  }

  @Test
  void correctionsAndWithdrawalsTakeBackExactlyWhatWasCounted() {
    put("a", HEALTHY, null);
    Map<String, String> unsaid = timeless(room.figures());
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.PRELIMINARY, Label.FRACTURED, 1));
    assertThat(timeless(room.figures())).as("preliminary").isEqualTo(unsaid);
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 2));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("NONE FRACTURED 1");
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.CORRECTED, Label.HEALTHY, 3));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("NONE HEALTHY 1");
    room.put(truth("a", null, TruthRole.FOLLOW_UP, TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("NONE FRACTURED 1");
    room.put(truth("a", null, TruthRole.FOLLOW_UP, TruthStatus.WITHDRAWN, Label.UNKNOWN, 4));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("NONE HEALTHY 1");
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 2));
    assertThat(table(room.sliding(EVERYTHING))).as("older").containsExactly("NONE HEALTHY 1");
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.WITHDRAWN, Label.UNKNOWN, 5));
    assertThat(timeless(room.figures())).isEqualTo(unsaid);
  }

  @Test
  void anImageSpeaksForItsStudyOnlyIfItIsAbnormalOrTheLast() {
    room.put(result("ap", "a", HEALTHY));
    room.put(result("lateral", "a", DOUBTFUL));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DOUBT null 1");
    room.put(truth("a", "ap", TruthRole.REPORT, TruthStatus.FINAL, Label.HEALTHY, 1));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DOUBT null 1");
    room.put(truth("a", "lateral", TruthRole.REPORT, TruthStatus.FINAL, Label.HEALTHY, 1));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DOUBT HEALTHY 1");
    room.put(truth("a", "lateral", TruthRole.REPORT, TruthStatus.CORRECTED, Label.FRACTURED, 2));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DOUBT FRACTURED 1");
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.HEALTHY, 1));
    assertThat(table(room.sliding(EVERYTHING))).as("of all").containsExactly("DOUBT HEALTHY 1");
  }

  @Test
  void aLaterVersionsAnswerIsCountedBesideTheEarlierOnes() {
    put("a", HEALTHY, Label.FRACTURED);
    room.put(at(Verdicts.of("e-a", "a", BROKEN, 0, "2", Decision.REPORT), JoinRoom.TODAY));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("NONE FRACTURED 1");
    assertThat(table(room.sliding("2", EVERYTHING))).containsExactly("DEFINITE FRACTURED 1");
  }

  @Test
  void whateverComesFirstAndHoweverOftenTheFiguresAreTheSame() throws Exception {
    List<SpecificRecord> records = new ArrayList<>();
    Random random = new Random(20);
    List<TruthRole> roles = List.of(TruthRole.REPORT, TruthRole.SECOND_READER, TruthRole.FOLLOW_UP);
    List<TruthStatus> statuses =
        List.of(
            TruthStatus.PRELIMINARY,
            TruthStatus.FINAL,
            TruthStatus.CORRECTED,
            TruthStatus.WITHDRAWN);
    Label[] labels = {Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR};
    for (int n = 0; n < 40; n++) {
      String study = "s" + n % 12;
      records.add(result("e" + n, study, random.nextDouble()));
      records.add(
          truth(
              study,
              random.nextInt(3) == 0 ? "e" + n : null,
              roles.get(random.nextInt(3)),
              statuses.get(random.nextInt(4)),
              labels[random.nextInt(3)],
              random.nextInt(4)));
    }
    records.forEach(this::putAny);
    Map<String, String> first = timeless(room.figures());
    assertThat(first).hasSizeGreaterThan(10);
    records.forEach(this::putAny);
    room.wait(JoinRoom.EVERY);
    assertThat(room.read()).as("published of a replay").isZero();
    for (int shuffle = 0; shuffle < 4; shuffle++) {
      Collections.shuffle(records, random);
      try (JoinRoom other = new JoinRoom(folder.resolve("other-" + shuffle))) {
        for (SpecificRecord each : records) {
          put(other, each);
          if (random.nextInt(4) == 0) {
            put(other, records.get(random.nextInt(records.size())));
            other.wait(JoinRoom.EVERY);
          }
        }
        assertThat(timeless(other.figures())).isEqualTo(first);
      }
    }
  }

  @Test
  void whatIsOlderThanTheHorizonChangesNothingAndIsNeverCountedTwice() {
    Instant old = JoinRoom.TODAY.minus(Duration.ofDays(89));
    ClassificationResult result = at(result("e", "a", HEALTHY), old);
    room.put(result);
    Map<String, String> counted = timeless(room.figures());
    String day = "m\t1\t00\tward-7\tALL\t\tDAY\t2026-08-31";
    assertThat(counted).containsKey(day);
    room.wait(Duration.ofDays(3));
    room.put(result);
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(room.ended).containsExactly("RESULT TAKEN", "RESULT TOO_OLD", "TRUTH TAKEN");
    assertThat(timeless(room.figures()).get(day)).isEqualTo(counted.get(day));
  }

  @Test
  void aTruthWaitsForItsResult() {
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(room.figures()).isEmpty();
    room.wait(Duration.ofDays(60));
    room.put(at(result("e", "a", BROKEN), JoinRoom.TODAY.plus(Duration.ofDays(60))));
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DEFINITE FRACTURED 1");
  }

  @Test
  void thirtyDaysSlideAndDaysGoWhenTheyAreTooOld() {
    put("a", BROKEN, Label.FRACTURED);
    String day = "m\t1\t00\tward-7\tALL\t\tDAY\t2026-11-27";
    String sliding = "m\t1\t00\tward-7\tALL\t\tTHIRTY_DAYS";
    assertThat(room.figures()).containsKeys(day, sliding);
    room.wait(Duration.ofDays(10));
    assertThat(room.sliding(EVERYTHING).getToDay()).hasToString("2026-12-08");
    room.wait(Duration.ofDays(20));
    assertThat(room.figures()).containsKey(day).doesNotContainKey(sliding);
    room.wait(Duration.ofDays(JoinRoom.KEPT));
    assertThat(room.figures()).isEmpty();
  }

  @Test
  void whatIsNoRecordIsToldOfAndTheNextIsTaken() {
    room.putBytes(new byte[] {1, 2}, null);
    room.putBytes(new byte[] {0, 0, 0, 0, 99, 1}, "nonsense".getBytes(StandardCharsets.UTF_8));
    room.put(truth("", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 1));
    room.put(truth("a", null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 100));
    assertThat(room.unreadable)
        .containsExactly(
            "UNKNOWN_MAGIC",
            "EMPTY_RECORD",
            "UNKNOWN_SCHEMA",
            "UNKNOWN_MAGIC",
            "NO_STUDY",
            "SAID_IN_THE_FUTURE");
    put("a", BROKEN, Label.FRACTURED);
    assertThat(table(room.sliding(EVERYTHING))).containsExactly("DEFINITE FRACTURED 1");
  }

  @Test
  void aFallIsToldOnceWithItsDayAndGoesWhenItIsCorrected() {
    for (int day = 20; day > 0; day--) {
      for (int n = 0; n < 20; n++) {
        boolean missed = n < (day <= 6 ? 6 : 2);
        String study = "s" + day + "-" + n;
        room.put(
            at(
                result("e" + study, study, missed ? HEALTHY : BROKEN),
                JoinRoom.TODAY.minus(Duration.ofDays(day))));
        room.put(truth(study, null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 1));
      }
    }
    Performance figures = room.sliding(EVERYTHING);
    assertThat(figures.getTests()).hasSize(2);
    assertThat(figures.getTests().get(0).getAlarm()).isTrue();
    assertThat(figures.getTests().get(0).getSince()).hasToString("2026-11-22");
    assertThat(figures.getTests().get(0).getSeen().getValue()).isEqualTo(0.7);
    assertThat(figures.getTests().get(0).getLikelihoodRatio()).isGreaterThan(1000);
    assertThat(figures.getTests().get(1).getAlarm()).isFalse();
    assertThat(room.sliding("ward-7\tAGE_BAND\t").getTests()).isEmpty();
    room.figures();
    assertThat(room.falls)
        .containsExactlyInAnyOrder(
            "SENSITIVITY ward-7 ALL null",
            "SENSITIVITY ward-7 BODY_PART HAND",
            "SENSITIVITY ward-7 SCANNER null",
            "SENSITIVITY null ALL null",
            "SENSITIVITY null BODY_PART HAND",
            "SENSITIVITY null SCANNER null");
    for (int day = 6; day > 0; day--) {
      for (int n = 0; n < 4; n++) {
        String study = "s" + day + "-" + n;
        room.put(truth(study, null, TruthRole.REPORT, TruthStatus.CORRECTED, Label.HEALTHY, 2));
      }
    }
    assertThat(room.sliding(EVERYTHING).getTests().get(0).getAlarm()).isFalse();
    assertThat(room.fallen).isEmpty();
  }

  private void put(String study, double fractured, @Nullable Label found) {
    room.put(result("e-" + study, study, fractured));
    if (found != null) {
      room.put(truth(study, null, TruthRole.REPORT, TruthStatus.FINAL, found, 1));
    }
  }

  private void putAny(SpecificRecord record) {
    put(room, record);
  }

  private static void put(JoinRoom room, SpecificRecord record) {
    if (record instanceof Truth truth) {
      room.put(truth);
    } else {
      room.put((ClassificationResult) record);
    }
  }

  /** A result of yesterday. */
  private static ClassificationResult result(String event, String study, double fractured) {
    return at(
        Verdicts.result(event, study, fractured, 0), JoinRoom.TODAY.minus(Duration.ofDays(1)));
  }

  private static ClassificationResult at(ClassificationResult result, Instant time) {
    return ClassificationResult.newBuilder(result).setProcessedAt(time).build();
  }

  /**
   * @param hour after yesterday noon
   */
  private static Truth truth(
      String study,
      @Nullable String event,
      TruthRole role,
      TruthStatus status,
      Label label,
      int hour) {
    return Truth.newBuilder()
        .setTruthId("t")
        .setStudyInstanceUid(study)
        .setEventId(event)
        .setRole(role)
        .setStatus(status)
        .setLabel(label)
        .setSawAnswer(false)
        .setSaidAt(JoinRoom.TODAY.minus(Duration.ofDays(1)).plus(Duration.ofHours(hour)))
        .setPublishedAt(JoinRoom.TODAY)
        .build();
  }

  private static List<String> table(Performance figures) {
    return figures.getCounts().stream()
        .map(each -> each.getFinding() + " " + each.getTruth() + " " + each.getStudies())
        .sorted()
        .toList();
  }

  /** As texts: Avro itself cannot compare what has a date that may be null in a list. */
  private static Map<String, String> timeless(Map<String, Performance> figures) {
    Map<String, String> same = new TreeMap<>();
    figures.forEach(
        (key, value) ->
            same.put(
                key, Performance.newBuilder(value).setUpdatedAt(Instant.EPOCH).build().toString()));
    return same;
  }
}
