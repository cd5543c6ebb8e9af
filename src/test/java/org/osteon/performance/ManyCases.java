package org.osteon.performance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

/** Studies by their number: what is answered of each, what is found, and how that is said. */
final class ManyCases {
  private static final List<String> LABELS = List.of("HEALTHY", "FRACTURED", "BEYOND_REPAIR");

  private ManyCases() {}

  /** Probability of a fracture in study n, on both sides of each threshold. */
  static double fractured(int n) {
    return new double[] {0.05, 0.5, 0.9}[n % 3];
  }

  static String label(int n) {
    return LABELS.get(n / 3 % 3);
  }

  static boolean early(int n) {
    return n % 2 == 0;
  }

  /** Every fifth truth names an order alone. */
  static boolean byOrder(int n) {
    return n % 5 == 0;
  }

  /** Every seventh study has no truth. */
  static boolean said(int n) {
    return n % 7 != 0;
  }

  static Map<String, Long> expected(int studies) {
    Map<String, Long> table = new TreeMap<>();
    for (int n = 0; n < studies; n++) {
      String finding = List.of("NONE", "DOUBT", "DEFINITE").get(n % 3);
      table.merge(finding + " " + (said(n) ? label(n) : "null"), 1L, Long::sum);
    }
    return table;
  }

  static Truth ofOrder(int n) {
    return Truth.newBuilder()
        .setTruthId("t-" + n)
        .setStudyInstanceUid("")
        .setAccessionNumber("A-" + n)
        .setLabel(Label.valueOf(label(n)))
        .setRole(TruthRole.REPORT)
        .setStatus(TruthStatus.FINAL)
        .setSawAnswer(false)
        .setSaidAt(Instant.parse("2026-11-01T08:00:00Z"))
        .setPublishedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }
}
