package org.osteon.report;

import java.util.Map;
import java.util.Set;
import org.osteon.event.Label;
import org.osteon.event.LabelWords;

/** HTML of what a shadow version said: how often alike, and which labels it takes for which. */
final class SecondReadingCard {
  private SecondReadingCard() {}

  static String html(SecondReading reading) {
    StringBuilder html = new StringBuilder("<div class='card grow'>");
    html.append(
        "<h2 style='margin-top:0'>Version %s with %s in its shadow</h2>"
            .formatted(ReportPage.escaped(reading.active()), ReportPage.escaped(reading.shadow())));
    if (reading.images() == 0) {
      return html.append("<div class=note>no image compared yet</div></div>").toString();
    }
    // Each row has every label of the shadow, and a version may know two labels or three.
    Set<Label> columns = reading.labels().values().iterator().next().keySet();
    html.append("<table><tr><th>it says</th>");
    for (Label label : columns) {
      html.append("<th class=n>shadow: " + LabelWords.of(label) + "</th>");
    }
    html.append("</tr>");
    for (Map.Entry<Label, Map<Label, Long>> row : reading.labels().entrySet()) {
      html.append("<tr><td class='label " + row.getKey() + "'>" + LabelWords.of(row.getKey()))
          .append("</td>");
      for (Label label : columns) {
        html.append("<td class=n>" + row.getValue().getOrDefault(label, 0L) + "</td>");
      }
      html.append("</tr>");
    }
    return html.append("</table><div class=note>")
        .append(
            "%d images, %.1f %% with the same label, %.1f %% with the same decision; mean confidence %.3f, the shadow's %.3f; probability of anything but healthy %.3f apart"
                .formatted(
                    reading.images(),
                    100 * reading.agreement(),
                    100.0 * reading.sameDecision() / reading.images(),
                    reading.activeConfidence(),
                    reading.confidence(),
                    reading.abnormalChange()))
        .append("</div></div>")
        .toString();
  }
}
