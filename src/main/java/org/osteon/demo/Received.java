package org.osteon.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Severity;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.topology.model.Judgement;
import org.osteon.topology.model.Triage;

/**
 * What people receive of images of which it is known what they show, counted from results and
 * alerts as they were published: by finding, and by whether someone was alerted, finds the image on
 * the review list, or hears nothing.
 *
 * <p><b>Threading.</b> One thread at a time.
 */
final class Received {
  private static final String LINE = "%-14s %6s %6s %9s %9s %14s   %8s %11s %8s";

  private record Seen(Kind kind, ClassificationResult result) {}

  private final List<Seen> seen = new ArrayList<>();

  /** The most severe alert that was raised for a study. */
  private final Map<String, Severity> raised = new HashMap<>();

  /** The most severe one that is due. */
  private final Map<String, Severity> due = new HashMap<>();

  void result(ClassificationResult result, @Nullable Kind kind) {
    Severity severity = Triage.severity(result.getFinding());
    due.merge(result.getStudyInstanceUid(), severity, Received::moreSevere);
    if (kind != null) {
      seen.add(new Seen(kind, result));
    }
  }

  void alert(Alert alert) {
    raised.merge(alert.getStudyInstanceUid(), alert.getSeverity(), Received::moreSevere);
  }

  boolean isComplete() {
    return due.entrySet().stream()
        .filter(each -> each.getValue() != Severity.UNKNOWN)
        .allMatch(each -> each.getValue() == raised.get(each.getKey()));
  }

  /** Images of a kind by finding, of those that the version takes for radiographs. */
  Map<Finding, Integer> findings(Kind kind) {
    Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    for (Seen each : seen) {
      if (each.kind == kind && !isBarred(each.result)) {
        counts.merge(each.result.getFinding(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Images of a kind that the version takes for no radiographs. */
  int barred(Kind kind) {
    return (int) seen.stream().filter(s -> s.kind == kind && isBarred(s.result)).count();
  }

  /** The table; nothing where it is known of no image what it shows. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (seen.isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add(
        LINE.formatted(
            "images that are",
            "none",
            "doubt",
            "definite",
            "critical",
            "no radiograph",
            "alerted",
            "for review",
            "neither"));
    for (Kind kind : Kind.values()) {
      Map<Finding, Integer> found = findings(kind);
      int alerted = 0;
      int review = 0;
      int all = 0;
      for (Seen each : seen) {
        if (each.kind == kind) {
          Severity severity =
              raised.getOrDefault(each.result.getStudyInstanceUid(), Severity.UNKNOWN);
          boolean paged =
              severity.compareTo(Severity.REVIEW) > 0
                  && each.result.getFinding().compareTo(Finding.DOUBT) > 0;
          alerted += paged ? 1 : 0;
          review += !paged && each.result.getDecision() == Decision.REFER ? 1 : 0;
          all++;
        }
      }
      lines.add(
          LINE.formatted(
              kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
              found.getOrDefault(Finding.NONE, 0),
              found.getOrDefault(Finding.DOUBT, 0),
              found.getOrDefault(Finding.DEFINITE, 0),
              found.getOrDefault(Finding.CRITICAL, 0),
              barred(kind),
              alerted,
              review,
              all - alerted - review));
    }
    lines.add("");
    return lines;
  }

  private static boolean isBarred(ClassificationResult result) {
    String reason = result.getReferReason();
    return reason != null && !reason.equals(Judgement.DOUBT);
  }

  private static Severity moreSevere(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
