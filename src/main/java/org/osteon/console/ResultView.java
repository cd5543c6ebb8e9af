package org.osteon.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.LabelWords;

/**
 * One result, as its page shows it.
 *
 * @param facts what is known of it, by name, in order
 * @param alerts of it that wait
 * @param picture whether there is one to look at
 * @param explained whether anything can lie over it
 * @param waits whether a person must decide
 * @param writable whether a token allows actions
 */
public record ResultView(
    View.Row row,
    List<Map.Entry<String, String>> facts,
    List<View.AlertRow> alerts,
    boolean picture,
    boolean explained,
    boolean waits,
    boolean writable) {
  /** What the page knows beside the result. */
  record Beside(
      List<Alert> alerts, boolean picture, boolean explained, boolean waits, boolean writable) {}

  static ResultView of(ClassificationResult result, Beside beside) {
    View.Row row = View.row(result);
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    facts.add(Map.entry("the model sees", row.says()));
    result
        .getProbabilities()
        .forEach(
            each ->
                facts.add(
                    Map.entry(
                        LabelWords.of(each.getLabel()),
                        String.format(Locale.ROOT, "%.3f", each.getProbability()))));
    facts.add(Map.entry("decision", row.decision()));
    facts.add(Map.entry("view", row.what().isEmpty() ? "not said" : row.what()));
    facts.add(Map.entry("facility", row.facility()));
    facts.add(Map.entry("priority", result.getPriority().name().toLowerCase(Locale.ROOT)));
    facts.add(Map.entry("answered", row.time()));
    facts.add(
        Map.entry("version", result.getModel().getName() + "/" + result.getModel().getVersion()));
    facts.add(
        Map.entry(
            "image",
            "%s, %d × %d"
                .formatted(
                    result.getImage().getContentType(),
                    result.getImage().getWidth(),
                    result.getImage().getHeight())));
    facts.add(Map.entry("study", row.study()));
    facts.add(Map.entry("event", row.event()));
    return new ResultView(
        row,
        List.copyOf(facts),
        beside.alerts().stream().map(View::row).toList(),
        beside.picture(),
        beside.explained(),
        beside.waits(),
        beside.writable());
  }
}
