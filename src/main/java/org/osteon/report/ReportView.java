package org.osteon.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;

/**
 * All that the page says, in the words in which it is said; the templates in {@code jte/report} put
 * it in its place, and escape it.
 *
 * @param from beginning of the period, UTC
 * @param to its end
 * @param stats the figures on top
 * @param findings images by finding
 * @param labels images by label
 * @param latency how long images took
 * @param reasons dead letters by stage and reason
 * @param shadows what shadow versions said
 * @param model that drew the heat maps
 * @param cards results to be looked at, in order
 */
public record ReportView(
    String from,
    String to,
    List<Count> stats,
    List<Count> findings,
    Map<Label, Integer> labels,
    LatencyFigure latency,
    List<Count> reasons,
    List<SecondReading> shadows,
    String model,
    List<Card> cards) {

  /** A number and what it counts. */
  public record Count(String what, long count) {}

  /**
   * A piece of the bar of probabilities.
   *
   * @param percent with a decimal point
   * @param colour the style's variable
   */
  public record Part(String words, String percent, String colour) {}

  /**
   * One result.
   *
   * @param picture null where its event is gone
   * @param finding its name
   * @param findingWords its name for people
   * @param referReason null where it stands
   */
  public record Card(
      @Nullable Picture picture,
      Label label,
      List<Part> parts,
      String probabilities,
      String finding,
      String findingWords,
      boolean alerted,
      @Nullable String referReason,
      String bodyPart,
      String facility,
      String study,
      String time,
      String millis) {}
}
