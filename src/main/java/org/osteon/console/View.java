package org.osteon.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.LabelWords;

/**
 * What the templates show, as text.
 *
 * @param writable whether a token allows actions
 */
public record View(
    Live.Counts counts,
    List<Row> results,
    List<Row> review,
    List<AlertRow> alerts,
    List<Reason> reasons,
    List<ReportRow> reports,
    List<String> notes,
    boolean writable) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("UTC"));

  /** A result. */
  public record Row(
      String event,
      String time,
      String study,
      String what,
      String facility,
      String finding,
      String says,
      String decision) {}

  /** A report that a person must read. */
  public record ReportRow(String time, String study) {}

  /** An alert. */
  public record AlertRow(
      String time, String severity, String study, String facility, String message) {}

  /** Dead letters of one stage and reason. */
  public record Reason(String stage, String code, long count) {}

  /** Numbers for the template, which may not look into this package. */
  public List<Map.Entry<String, Long>> stats() {
    return List.of(
        Map.entry("results", counts.results()),
        Map.entry("for a person to decide", counts.review()),
        Map.entry("reports to read", counts.unread()),
        Map.entry("alerts", counts.alerts()),
        Map.entry("dead letters", counts.letters()));
  }

  static View of(Live.Snapshot now, boolean writable) {
    Stream<String> unread =
        now.unreadable() == 0
            ? Stream.of()
            : Stream.of(now.unreadable() + " records could not be read; the log names them.");
    Stream<String> fault =
        Stream.ofNullable(now.fault()).map(why -> "Nothing more is read. " + why);
    return new View(
        now.counts(),
        now.results().stream().map(View::row).toList(),
        now.review().stream().map(View::row).toList(),
        now.alerts().stream().map(View::row).toList(),
        now.reasons().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(each -> reason(each.getKey(), each.getValue()))
            .toList(),
        now.unread().stream()
            .map(each -> new ReportRow(time(each.getSaidAt()), each.getStudyInstanceUid()))
            .toList(),
        Stream.concat(fault, unread).toList(),
        writable);
  }

  private static Row row(ClassificationResult result) {
    String what =
        Stream.of(result.getBodyPart(), result.getLaterality(), result.getViewPosition())
            .filter(each -> each != null && !each.isEmpty())
            .collect(Collectors.joining(" "));
    String why = result.getReferReason();
    String decision = result.getDecision().name().toLowerCase(Locale.ROOT);
    return new Row(
        result.getEventId(),
        time(result.getProcessedAt()),
        result.getStudyInstanceUid(),
        what,
        result.getFacility(),
        result.getFinding().name(),
        "%s, abnormal %.2f"
            .formatted(LabelWords.of(result.getLabel()), result.getAbnormalProbability()),
        why == null ? decision : decision + ": " + why);
  }

  private static AlertRow row(Alert alert) {
    return new AlertRow(
        time(alert.getRaisedAt()),
        alert.getSeverity().name(),
        alert.getStudyInstanceUid(),
        alert.getFacility(),
        alert.getMessage());
  }

  private static Reason reason(String key, long count) {
    int blank = key.indexOf(' ');
    return new Reason(key.substring(0, blank), key.substring(blank + 1), count);
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "–" : TIME.format(instant);
  }
}
