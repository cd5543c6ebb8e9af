package org.osteon.report;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;

/** One HTML file that asks nobody for anything: style, pictures and figures are in it. */
public final class ReportPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("UTC"));

  private static final String HEAD =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Osteon report</title>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      :root{--ink:#1d2433;--faint:#667085;--line:#e4e7ec;--h:#2f9e6e;--f:#e8912d;--b:#d1343c}
      *{box-sizing:border-box}body{font:14px/1.45 system-ui,sans-serif;color:var(--ink);margin:0;background:#f6f7f9}
      main{max-width:1240px;margin:0 auto;padding:28px 24px}h1{font-size:24px;margin:0 0 2px}h2{font-size:16px;margin:28px 0 10px}
      .sub,.note{color:var(--faint)}.row{display:flex;gap:14px;flex-wrap:wrap}.card{background:#fff;border:1px solid var(--line);
      border-radius:10px;padding:14px 16px}.stat b{display:block;font-size:26px;line-height:1.15}.grow{flex:1 1 340px}
      table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid var(--line)}
      td.n{text-align:right}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(216px,1fr));gap:14px}
      figure{margin:0;background:#fff;border:1px solid var(--line);border-radius:10px;overflow:hidden}
      .see{position:relative;background:#000;aspect-ratio:1}.see img{position:absolute;inset:0;width:100%;height:100%}
      .see img+img{transition:opacity .15s}.see:hover img+img{opacity:0}figcaption{padding:10px 12px}
      .label{font-weight:600}.HEALTHY{color:var(--h)}.FRACTURED{color:#b76a0f}.BEYOND_REPAIR{color:var(--b)}
      .bar{display:flex;height:8px;border-radius:4px;overflow:hidden;margin:6px 0}.bar i{display:block}
      .tag{display:inline-block;border-radius:4px;padding:0 6px;font-size:12px;background:#eef1f6}.alert{background:var(--b);color:#fff}
      .none{display:flex;align-items:center;justify-content:center;color:#889;height:100%}svg text{font:11px system-ui,sans-serif;fill:#667085}
      </style></head><body><main>
      """;

  private final StringBuilder html = new StringBuilder(1 << 20).append(HEAD);
  private final Period period;
  private final Map<String, Picture> pictures;

  private ReportPage(Period period, Map<String, Picture> pictures) {
    this.period = period;
    this.pictures = pictures;
  }

  /**
   * @param shown results with a card each, in order
   * @param pictures by the id of the event; a result without one is shown without
   * @param model that drew the heat maps
   * @param shadows what shadow versions said
   */
  public static String of(
      Period period,
      List<ClassificationResult> shown,
      Map<String, Picture> pictures,
      String model,
      List<SecondReading> shadows) {
    ReportPage page = new ReportPage(period, pictures);
    page.summary();
    page.figures();
    page.shadows(shadows);
    page.gallery(shown, model);
    return page.html.append("</main></body></html>\n").toString();
  }

  private void summary() {
    html.append("<h1>Osteon report</h1><div class=sub>")
        .append(TIME.format(period.from()) + " to " + TIME.format(period.to()) + " UTC · ")
        .append("preliminary, for research use only, never for clinical decisions</div>")
        .append("<h2>What came out</h2><div class=row>");
    stat("results", period.results());
    stat("dead letters", period.letters());
    stat("alerts", period.alerts());
    stat("for a person to decide", period.referred());
    html.append("</div>");
  }

  private void stat(String what, long count) {
    html.append("<div class='card stat'><b>" + count + "</b>" + what + "</div>");
  }

  private void figures() {
    html.append("<div class=row style='margin-top:14px'><div class='card grow'>");
    html.append("<h2 style='margin-top:0'>Labels</h2><table>");
    period
        .labels()
        .forEach(
            (label, count) ->
                html.append("<tr><td class='label " + label + "'>" + LabelWords.of(label))
                    .append("</td><td class=n>" + count + "</td></tr>"));
    html.append("</table></div><div class='card grow'><h2 style='margin-top:0'>Latency</h2>");
    html.append(LatencyFigure.svg(period.latencies())).append("</div><div class='card grow'>");
    html.append("<h2 style='margin-top:0'>Dead letters by reason</h2>");
    if (period.letters() == 0) {
      html.append("<div class=note>none</div>");
    } else {
      html.append("<table><tr><th>stage, reason</th><th></th></tr>");
      for (Map.Entry<String, Integer> each : period.reasons()) {
        html.append("<tr><td>" + escaped(each.getKey()) + "</td><td class=n>")
            .append(each.getValue() + "</td></tr>");
      }
      html.append("</table>");
    }
    html.append("</div></div>");
  }

  private void shadows(List<SecondReading> shadows) {
    if (!shadows.isEmpty()) {
      html.append("<h2>What a version in the shadow would have said</h2><div class=row>");
      shadows.forEach(each -> html.append(SecondReadingCard.html(each)));
      html.append("</div>");
    }
  }

  private void gallery(List<ClassificationResult> shown, String model) {
    html.append("<h2>To be looked at first</h2><p class=note>Colour is where " + escaped(model))
        .append(" found more for its label than for the others, against its own highest value:")
        .append(" an aid to doubt, no outline of a fracture. Point at a picture to take it off.")
        .append("</p><div class=grid>");
    shown.forEach(this::card);
    html.append("</div>");
  }

  private void card(ClassificationResult result) {
    Picture picture = pictures.get(result.getEventId());
    html.append("<figure><div class=see>");
    if (picture == null) {
      html.append("<div class=none>its event is gone</div>");
    } else {
      html.append("<img alt='what the model saw' src='" + picture.plane() + "'>");
      if (!picture.heat().isEmpty()) {
        html.append("<img alt='where it looked' src='" + picture.heat() + "'>");
      }
    }
    html.append("</div><figcaption><div class='label " + result.getLabel() + "'>")
        .append(LabelWords.of(result.getLabel()))
        .append("</div><div class=bar>");
    for (LabelProbability each : result.getProbabilities()) {
      html.append(
          "<i title='%s %.3f' style='width:%.1f%%;background:var(--%s)'></i>"
              .formatted(
                  LabelWords.of(each.getLabel()),
                  each.getProbability(),
                  100 * each.getProbability(),
                  colour(each.getLabel())));
    }
    html.append("</div><div class=note>" + probabilities(result) + "</div><div>");
    if (period.alerted(result)) {
      html.append("<span class='tag alert'>alert</span> ");
    }
    if (result.getDecision() == Decision.REFER) {
      html.append("<span class=tag>refer: " + escaped(result.getReferReason()) + "</span>");
    }
    html.append("</div><div class=note>" + escaped(result.getBodyPart()) + " · ")
        .append(escaped(result.getFacility()) + " · study " + study(result) + "<br>")
        .append(TIME.format(result.getProcessedAt()))
        .append(" · %.0f ms".formatted(result.getTiming().getTotalMicros() / 1000.0))
        .append("</div></figcaption></figure>\n");
  }

  private static String probabilities(ClassificationResult result) {
    StringBuilder words = new StringBuilder();
    for (LabelProbability each : result.getProbabilities()) {
      String name =
          switch (each.getLabel()) {
            case HEALTHY -> "none found";
            case FRACTURED -> "fracture";
            case BEYOND_REPAIR -> "complex";
            case UNKNOWN -> "unknown";
          };
      words.append(words.isEmpty() ? "" : " · ");
      words.append("%s %.2f".formatted(name, each.getProbability()));
    }
    return words.toString();
  }

  private static String study(ClassificationResult result) {
    String uid = result.getStudyInstanceUid();
    return escaped(uid.length() <= 8 ? uid : "…" + uid.substring(uid.length() - 7));
  }

  private static String colour(Label label) {
    return switch (label) {
      case HEALTHY -> "h";
      case FRACTURED -> "f";
      default -> "b";
    };
  }

  static String escaped(@Nullable String text) {
    return text == null
        ? "–"
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }
}
