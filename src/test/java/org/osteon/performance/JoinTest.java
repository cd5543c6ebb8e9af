package org.osteon.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.Performance;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** What is counted of results and truths, in whichever order and how often they come. */
class JoinTest extends CountedCases {
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
