package org.osteon.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osteon.event.CalibrationError;
import org.osteon.event.Finding;
import org.osteon.event.FindingCount;
import org.osteon.event.GroupDimension;
import org.osteon.event.Label;
import org.osteon.event.LabelWords;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.osteon.report.WorthView.Alarm;
import org.osteon.report.WorthView.Figure;
import org.osteon.report.WorthView.Line;
import org.osteon.report.WorthView.Row;
import org.osteon.report.WorthView.Site;

/** What versions are worth here, of thirty days, as one HTML file that a department can print. */
public final class WorthPage {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("UTC"));
  private static final List<Label> TRUTHS =
      List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR);

  private WorthPage() {}

  /**
   * @param all what {@code topics.performance} holds; days are left out
   * @param now when the page is made
   */
  public static String of(Collection<Performance> all, Instant now) {
    List<Performance> sliding =
        all.stream()
            .filter(each -> each.getPeriod() == Period.THIRTY_DAYS)
            .sorted(Comparator.comparing(WorthPage::where))
            .toList();
    WorthView view =
        new WorthView(
            TIME.format(now),
            sliding.stream().flatMap(each -> alarms(each).stream()).toList(),
            sliding.stream()
                .filter(each -> each.getDimension() == GroupDimension.ALL)
                .map(WorthPage::site)
                .toList(),
            sliding.stream()
                .filter(each -> each.getDimension() != GroupDimension.ALL)
                .map(WorthPage::line)
                .toList());
    StringOutput out = new StringOutput(1 << 16);
    TEMPLATES.render("report/worth.jte", view, out);
    return out.toString();
  }

  private static List<Alarm> alarms(Performance of) {
    return of.getTests().stream()
        .filter(test -> test.getAlarm())
        .map(
            test ->
                new Alarm(
                    where(of),
                    test.getMeasure().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.valueOf(test.getSince()),
                    test.getSeen() == null
                        ? "–"
                        : "%s of %d".formatted(share(test.getSeen()), test.getSeen().getOf()),
                    number(test.getExpected()),
                    String.format(Locale.ROOT, "%.0f", test.getLikelihoodRatio())))
        .toList();
  }

  private static Site site(Performance of) {
    List<Figure> figures = new ArrayList<>();
    add(figures, "sensitivity (doubt or more)", of.getSensitivity());
    add(figures, "specificity (no finding)", of.getSpecificity());
    add(figures, "sensitivity (definite or more)", of.getDefiniteSensitivity());
    add(figures, "specificity (less than definite)", of.getDefiniteSpecificity());
    add(figures, "positive predictive value", of.getPositivePredictiveValue());
    add(figures, "precision of alerts", of.getAlertPrecision());
    add(figures, "referred", of.getReferralShare());
    add(figures, "with a truth", of.getTruthShare());
    CalibrationError error = of.getCalibrationError();
    if (error != null) {
      figures.add(
          new Figure(
              "calibration error",
              number(error.getValue()),
              number(error.getLow()) + " to " + number(error.getHigh()),
              ""));
    }
    List<String> columns = new ArrayList<>(TRUTHS.stream().map(LabelWords::of).toList());
    columns.add("no truth");
    return new Site(
        where(of),
        "%d studies, %s to %s".formatted(of.getStudies(), of.getFromDay(), of.getToDay()),
        figures,
        columns,
        table(of.getCounts()),
        of.getCautions().stream().map(WorthPage::words).toList());
  }

  private static void add(List<Figure> figures, String what, @Nullable Proportion share) {
    if (share != null) {
      figures.add(
          new Figure(
              what,
              number(share.getValue()),
              number(share.getLow()) + " to " + number(share.getHigh()),
              share.getHits() + " of " + share.getOf()));
    }
  }

  private static List<Row> table(List<FindingCount> counts) {
    List<Row> rows = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      List<String> cells = new ArrayList<>();
      for (Label truth : TRUTHS) {
        cells.add(Long.toString(count(counts, finding, truth)));
      }
      cells.add(Long.toString(count(counts, finding, null)));
      if (cells.stream().anyMatch(each -> !each.equals("0"))) {
        rows.add(new Row(finding.name().toLowerCase(Locale.ROOT), cells));
      }
    }
    return rows;
  }

  private static long count(List<FindingCount> counts, Finding finding, @Nullable Label truth) {
    return counts.stream()
        .filter(each -> each.getFinding() == finding && each.getTruth() == truth)
        .mapToLong(FindingCount::getStudies)
        .sum();
  }

  private static Line line(Performance of) {
    Proportion truths = of.getTruthShare();
    return new Line(
        where(of),
        Long.toString(of.getStudies()),
        truths == null ? "0" : Long.toString(truths.getHits()),
        share(of.getSensitivity()),
        share(of.getSpecificity()));
  }

  private static String where(Performance of) {
    String group =
        of.getDimension() == GroupDimension.ALL
            ? ""
            : ", %s %s"
                .formatted(
                    of.getDimension().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    of.getValue() == null ? "unknown" : of.getValue());
    return "%s/%s, %s%s"
        .formatted(
            of.getModel().getName(),
            of.getModel().getVersion(),
            of.getFacility() == null ? "all sites" : of.getFacility(),
            group);
  }

  private static String words(String caution) {
    return switch (caution) {
      case "FEW_TRUTHS" -> "Fewer than 30 abnormal or fewer than 30 healthy studies have a truth.";
      case "FEW_OF_THE_STUDIES" -> "Less than half of the studies have a truth.";
      case "TRUTHS_BY_FINDING" ->
          "Studies with a finding get truths more or less often than those without: shares are biased.";
      case "READERS_SAW_THE_ANSWER" ->
          "More than a tenth of the readers may have seen the answer first: shares are too good.";
      default -> caution;
    };
  }

  private static String share(@Nullable Proportion share) {
    return share == null
        ? "–"
        : "%s (%s to %s)"
            .formatted(number(share.getValue()), number(share.getLow()), number(share.getHigh()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
