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
import org.osteon.console.watch.Deliveries;
import org.osteon.console.watch.Replicas;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.LabelWords;

/**
 * What the templates show, as text.
 *
 * @param shelf {@code name/version} of what can be looked at and deployed
 * @param writable whether a token allows actions
 */
public record View(
    Live.Counts counts,
    List<Row> results,
    List<Row> review,
    List<AlertRow> alerts,
    List<Reason> reasons,
    List<ReportRow> reports,
    List<VersionRow> versions,
    List<ReplicaRow> replicas,
    List<String> shadows,
    List<DeliveryRow> deliveries,
    List<RefusedRow> refused,
    List<String> shelf,
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

  /** An alert that waits. */
  public record AlertRow(
      String id,
      String event,
      String time,
      String severity,
      String study,
      String facility,
      String message) {}

  /** Dead letters of one stage and reason. */
  public record Reason(String stage, String code, long count) {}

  /**
   * A version in its place.
   *
   * @param note more of it; may be empty
   * @param actions what may be done with it there: {@code promote}, {@code withdraw}, {@code
   *     rollback}
   */
  public record VersionRow(
      String place, String version, String note, String time, String by, List<String> actions) {}

  /** What one target of the deliverer refused, for one reason. */
  public record RefusedRow(String target, String reason, long count) {}

  /** A running replica. */
  public record ReplicaRow(
      String address, String version, String state, String perSecond, String oldest) {}

  /** A target of a running deliverer. */
  public record DeliveryRow(
      String address,
      String target,
      String state,
      String delivered,
      String waiting,
      String oldest) {}

  /** What {@link Live} does not know. */
  record Beside(
      List<Versions.Placed> versions,
      List<Replicas.Replica> replicas,
      List<String> shadows,
      List<Deliveries.Delivery> deliveries,
      List<Refusals.Refused> refused,
      List<String> shelf,
      boolean writable) {}

  /** Numbers for the template, which may not look into this package. */
  public List<Map.Entry<String, Long>> stats() {
    return List.of(
        Map.entry("alerts to acknowledge", counts.open()),
        Map.entry("for a person to decide", counts.review()),
        Map.entry("reports to read", counts.unread()),
        Map.entry("dead letters", counts.letters()),
        Map.entry("alerts in all", counts.alerts()),
        Map.entry("results in all", counts.results()));
  }

  static View of(Live.Snapshot now, Beside beside) {
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
        beside.versions().stream().map(View::row).toList(),
        beside.replicas().stream().map(View::row).toList(),
        beside.shadows(),
        beside.deliveries().stream().map(View::row).toList(),
        beside.refused().stream()
            .map(each -> new RefusedRow(each.target(), each.reason(), each.count()))
            .toList(),
        beside.shelf(),
        Stream.concat(fault, unread).toList(),
        beside.writable());
  }

  static Row row(ClassificationResult result) {
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

  static AlertRow row(Alert alert) {
    return new AlertRow(
        alert.getAlertId(),
        alert.getEventId(),
        time(alert.getRaisedAt()),
        alert.getSeverity().name(),
        alert.getStudyInstanceUid(),
        alert.getFacility(),
        alert.getMessage());
  }

  private static VersionRow row(Versions.Placed placed) {
    List<String> actions =
        switch (placed.place()) {
          case "shadow", "canary" -> List.of("promote", "withdraw");
          case "previous" -> List.of("rollback");
          default -> List.of();
        };
    return new VersionRow(
        placed.place(),
        Versions.label(placed.version()),
        placed.note(),
        time(placed.version().getDeployedAt()),
        placed.version().getDeployedBy(),
        actions);
  }

  private static ReplicaRow row(Replicas.Replica replica) {
    return new ReplicaRow(
        replica.address(),
        replica.version(),
        replica.state(),
        number(replica.perSecond(), "%.1f"),
        number(replica.oldestSeconds(), "%.1f s"));
  }

  private static DeliveryRow row(Deliveries.Delivery delivery) {
    return new DeliveryRow(
        delivery.address(),
        delivery.target(),
        delivery.state(),
        number(delivery.delivered(), "%.0f"),
        number(delivery.waiting(), "%.0f"),
        number(delivery.oldestSeconds(), "%.0f s"));
  }

  private static Reason reason(String key, long count) {
    int blank = key.indexOf(' ');
    return new Reason(key.substring(0, blank), key.substring(blank + 1), count);
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }

  static String time(@Nullable Instant instant) {
    return instant == null ? "–" : TIME.format(instant);
  }
}
