package org.osteon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventClasses;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** Reports that a person must read, where they name an order alone. */
class UnreadTest {
  static {
    EventClasses.trust();
  }

  private final Unread unread = new Unread();

  @Test
  void aReportOfAnOrderIsListedByItsStudyWhicheverIsReadFirst() {
    unread.add(report("", "A-1", Label.UNKNOWN, TruthStatus.FINAL, 1));
    assertThat(unread.newest()).isEmpty();
    unread.answered(result("s-1", "A-1"));
    unread.answered(result("s-2", "A-2"));
    unread.add(report("", "A-2", Label.UNKNOWN, TruthStatus.FINAL, 2));
    assertThat(unread.newest())
        .extracting(Truth::getStudyInstanceUid)
        .containsExactly("s-2", "s-1");
    unread.add(report("", "A-2", Label.HEALTHY, TruthStatus.CORRECTED, 3));
    assertThat(unread.newest()).extracting(Truth::getStudyInstanceUid).containsExactly("s-1");
    unread.add(report("", "A-1", Label.UNKNOWN, TruthStatus.WITHDRAWN, 3));
    assertThat(unread.newest()).isEmpty();
  }

  @Test
  void whatIsSaidLaterOfTheStudyIsNotUndoneByWhatWaited() {
    unread.add(report("", "A-1", Label.UNKNOWN, TruthStatus.FINAL, 1));
    unread.add(report("s-1", null, Label.HEALTHY, TruthStatus.CORRECTED, 2));
    unread.answered(result("s-1", "A-1"));
    assertThat(unread.size()).isZero();
  }

  private static ClassificationResult result(String study, String accession) {
    return ClassificationResult.newBuilder(Verdicts.result("e-" + study, study, 0.5, 0))
        .setAccessionNumber(accession)
        .build();
  }

  private static Truth report(
      String study, @Nullable String accession, Label label, TruthStatus status, int minute) {
    Instant at = Instant.parse("2026-11-27T10:00:00Z").plusSeconds(60L * minute);
    return Truth.newBuilder()
        .setTruthId("t")
        .setStudyInstanceUid(study)
        .setAccessionNumber(accession)
        .setLabel(label)
        .setRole(TruthRole.REPORT)
        .setStatus(status)
        .setSaidAt(at)
        .setPublishedAt(at)
        .build();
  }
}
