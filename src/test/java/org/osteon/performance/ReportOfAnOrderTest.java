package org.osteon.performance;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.osteon.event.Label;
import org.osteon.event.Performance;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** Truths that name an accession number and no study, before and after its images are answered. */
@SuppressWarnings("NullAway.Init")
class ReportOfAnOrderTest {
  private static final String EVERYTHING = "ward-7\tALL\t";
  private static final double HEALTHY = 0.05;
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
  void aReportThatComesFirstWaitsForItsResult() {
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(room.unreadable).isEmpty();
    assertThat(room.figures()).isEmpty();
    room.wait(Duration.ofDays(60));
    room.put(result("a", "A-1", BROKEN, JoinRoom.TODAY.plus(Duration.ofDays(60))));
    assertThat(table()).containsExactly("DEFINITE FRACTURED 1");
    assertThat(room.ended).containsExactly("TRUTH WAITING", "RESULT TAKEN", "TRUTH TAKEN");
  }

  @Test
  void aReportThatComesAfterIsOfEachStudyOfItsOrder() {
    room.put(result("a", "A-1", BROKEN));
    room.put(result("b", "A-1", HEALTHY));
    room.put(result("c", "A-2", HEALTHY));
    room.put(result("d", null, HEALTHY));
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(table()).containsExactly("DEFINITE FRACTURED 1", "NONE FRACTURED 1", "NONE null 2");
    room.put(result("e", "A-1", HEALTHY));
    assertThat(table()).as("one more").contains("NONE FRACTURED 2");
  }

  @Test
  void correctionsAndWithdrawalsWaitAndTakeBackToo() {
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    room.put(report("A-1", TruthStatus.CORRECTED, Label.HEALTHY, 2));
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    room.put(report("A-2", TruthStatus.FINAL, Label.FRACTURED, 1));
    room.put(report("A-2", TruthStatus.WITHDRAWN, Label.UNKNOWN, 2));
    room.put(result("a", "A-1", BROKEN));
    room.put(result("b", "A-2", BROKEN));
    assertThat(table()).containsExactly("DEFINITE HEALTHY 1", "DEFINITE null 1");
    room.put(report("A-1", TruthStatus.WITHDRAWN, Label.UNKNOWN, 3));
    assertThat(table()).containsExactly("DEFINITE null 2");
    room.put(report("A-2", TruthStatus.CORRECTED, Label.BEYOND_REPAIR, 4));
    assertThat(table()).containsExactly("DEFINITE BEYOND_REPAIR 1", "DEFINITE null 1");
    // What names the study and what names its order are sayings of one role.
    room.put(truth("b", null, TruthStatus.CORRECTED, Label.HEALTHY, 5));
    room.put(report("A-2", TruthStatus.CORRECTED, Label.BEYOND_REPAIR, 4));
    assertThat(table()).containsExactly("DEFINITE HEALTHY 1", "DEFINITE null 1");
  }

  @Test
  void waitingEndsWithTheHorizon() {
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    room.wait(Duration.ofDays(92));
    room.put(result("a", "A-1", BROKEN, JoinRoom.TODAY.plus(Duration.ofDays(92))));
    assertThat(table()).containsExactly("DEFINITE null 1");
    room.put(report("A-1", TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(room.ended).containsExactly("TRUTH WAITING", "RESULT TAKEN", "TRUTH TOO_OLD");
  }

  @Test
  void whatNamesNothingIsNoTruth() {
    room.put(report("", TruthStatus.FINAL, Label.FRACTURED, 1));
    room.put(report("7".repeat(65), TruthStatus.FINAL, Label.FRACTURED, 1));
    assertThat(room.unreadable).containsExactly("NO_STUDY", "NO_STUDY");
  }

  @Test
  void whateverComesFirstAndHoweverOftenTheFiguresAreTheSame() throws Exception {
    List<SpecificRecord> records = new ArrayList<>();
    Random random = new Random(17);
    TruthStatus[] statuses = {TruthStatus.FINAL, TruthStatus.CORRECTED, TruthStatus.WITHDRAWN};
    Label[] labels = {Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR};
    for (int n = 0; n < 40; n++) {
      String order = "A-" + n % 9;
      records.add(
          ClassificationResult.newBuilder(result("s" + n % 12, order, random.nextDouble()))
              .setEventId("e" + n)
              .build());
      records.add(
          report(order, statuses[random.nextInt(3)], labels[random.nextInt(3)], random.nextInt(4)));
    }
    records.forEach(each -> put(room, each));
    Map<String, String> first = timeless(room.figures());
    assertThat(first).hasSizeGreaterThan(5);
    records.forEach(each -> put(room, each));
    room.wait(JoinRoom.EVERY);
    assertThat(room.read()).as("published of a replay").isZero();
    for (int shuffle = 0; shuffle < 4; shuffle++) {
      Collections.shuffle(records, random);
      try (JoinRoom other = new JoinRoom(folder.resolve("other-" + shuffle))) {
        for (SpecificRecord each : records) {
          put(other, each);
        }
        assertThat(timeless(other.figures())).isEqualTo(first);
      }
    }
  }

  private static void put(JoinRoom room, SpecificRecord record) {
    if (record instanceof Truth truth) {
      room.put(truth);
    } else {
      room.put((ClassificationResult) record);
    }
  }

  /** A result of yesterday. */
  private static ClassificationResult result(
      String study, @Nullable String accession, double fractured) {
    return result(study, accession, fractured, JoinRoom.TODAY.minus(Duration.ofDays(1)));
  }

  private static ClassificationResult result(
      String study, @Nullable String accession, double fractured, Instant at) {
    return ClassificationResult.newBuilder(Verdicts.result("e-" + study, study, fractured, 0))
        .setAccessionNumber(accession)
        .setProcessedAt(at)
        .build();
  }

  private static Truth report(String accession, TruthStatus status, Label label, int hour) {
    return truth("", accession, status, label, hour);
  }

  private static Truth truth(
      String study, @Nullable String accession, TruthStatus status, Label label, int hour) {
    return Truth.newBuilder()
        .setTruthId("t")
        .setStudyInstanceUid(study)
        .setAccessionNumber(accession)
        .setRole(TruthRole.REPORT)
        .setStatus(status)
        .setLabel(label)
        .setSaidAt(JoinRoom.TODAY.minus(Duration.ofDays(1)).plus(Duration.ofHours(hour)))
        .setPublishedAt(JoinRoom.TODAY)
        .build();
  }

  private List<String> table() {
    return room.sliding(EVERYTHING).getCounts().stream()
        .map(each -> each.getFinding() + " " + each.getTruth() + " " + each.getStudies())
        .sorted()
        .toList();
  }

  private static Map<String, String> timeless(Map<String, Performance> figures) {
    Map<String, String> same = new TreeMap<>();
    figures.forEach(
        (key, value) ->
            same.put(
                key, Performance.newBuilder(value).setUpdatedAt(Instant.EPOCH).build().toString()));
    return same;
  }
}
