package org.osteon.performance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.Performance;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** Studies that were answered and found to be something, in a room where they are counted. */
@SuppressWarnings("NullAway.Init")
abstract class CountedCases {
  static final String EVERYTHING = "ward-7\tALL\t";
  static final double HEALTHY = 0.05;
  static final double DOUBTFUL = 0.5;
  static final double BROKEN = 0.9;

  @TempDir Path folder;
  JoinRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new JoinRoom(folder.resolve("first"));
  }

  @AfterEach
  void close() {
    room.close();
  }

  void put(String study, double fractured, @Nullable Label found) {
    room.put(result("e-" + study, study, fractured));
    if (found != null) {
      room.put(truth(study, null, TruthRole.REPORT, TruthStatus.FINAL, found, 1));
    }
  }

  /** A result of yesterday. */
  static ClassificationResult result(String event, String study, double fractured) {
    return at(
        Verdicts.result(event, study, fractured, 0), JoinRoom.TODAY.minus(Duration.ofDays(1)));
  }

  static ClassificationResult at(ClassificationResult result, Instant time) {
    return ClassificationResult.newBuilder(result).setProcessedAt(time).build();
  }

  /**
   * @param hour after yesterday noon
   */
  static Truth truth(
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

  static List<String> table(Performance figures) {
    return figures.getCounts().stream()
        .map(each -> each.getFinding() + " " + each.getTruth() + " " + each.getStudies())
        .sorted()
        .toList();
  }
}
