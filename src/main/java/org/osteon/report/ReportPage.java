package org.osteon.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;
import org.osteon.report.ReportView.Card;
import org.osteon.report.ReportView.Count;
import org.osteon.report.ReportView.Part;

/** One HTML file that loads nothing from elsewhere: style, pictures and figures are in it. */
public final class ReportPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("UTC"));

  /** Compiled by the build: nothing is compiled or looked up where the page is made. */
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);

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
    ReportView view =
        new ReportView(
            TIME.format(period.from()),
            TIME.format(period.to()),
            List.of(
                new Count("results", period.results()),
                new Count("dead letters", period.letters()),
                new Count("alerts", period.alerts()),
                new Count("for a person to decide", period.referred())),
            period.findings().entrySet().stream()
                .map(each -> new Count(words(each.getKey().name()), each.getValue()))
                .toList(),
            period.labels(),
            LatencyFigure.of(period.latencies()),
            period.reasons().stream()
                .map(each -> new Count(each.getKey(), each.getValue()))
                .toList(),
            shadows,
            model,
            shown.stream().map(page::card).toList());
    StringOutput out = new StringOutput(1 << 20);
    TEMPLATES.render("report/page.jte", view, out);
    return out.toString();
  }

  private Card card(ClassificationResult result) {
    return new Card(
        pictures.get(result.getEventId()),
        result.getLabel(),
        result.getProbabilities().stream().map(ReportPage::part).toList(),
        result.getProbabilities().stream()
            .map(each -> "%s %.2f".formatted(brief(each.getLabel()), each.getProbability()))
            .collect(Collectors.joining(" · ")),
        result.getFinding().name(),
        words(result.getFinding().name()),
        period.alerted(result),
        result.getDecision() == Decision.REFER ? result.getReferReason() : null,
        Objects.requireNonNullElse(result.getBodyPart(), "–"),
        result.getFacility(),
        study(result),
        TIME.format(result.getProcessedAt()),
        String.format(Locale.ROOT, "%.0f", result.getTiming().getTotalMicros() / 1000.0));
  }

  private static Part part(LabelProbability each) {
    return new Part(
        "%s %.3f".formatted(LabelWords.of(each.getLabel()), each.getProbability()),
        String.format(Locale.ROOT, "%.1f", 100 * each.getProbability()),
        colour(each.getLabel()));
  }

  private static String words(String symbol) {
    return symbol.equals("NONE") ? "no finding" : symbol.toLowerCase(Locale.ROOT);
  }

  private static String brief(Label label) {
    return switch (label) {
      case HEALTHY -> "none found";
      case FRACTURED -> "fracture";
      case BEYOND_REPAIR -> "complex";
      case UNKNOWN -> "unknown";
    };
  }

  private static String study(ClassificationResult result) {
    String uid = result.getStudyInstanceUid();
    return uid.length() <= 8 ? uid : "…" + uid.substring(uid.length() - 7);
  }

  private static String colour(Label label) {
    return switch (label) {
      case HEALTHY -> "h";
      case FRACTURED -> "f";
      default -> "b";
    };
  }
}
