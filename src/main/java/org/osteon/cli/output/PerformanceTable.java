package org.osteon.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.FallTest;
import org.osteon.event.Performance;
import org.osteon.event.Proportion;
import org.osteon.terminal.Paint.Tone;

/** What versions are worth as a table. */
public final class PerformanceTable implements RecordTable<Performance> {
  private static final String LINE = "%-10s  %-16s  %-10s  %-18s  %7s  %7s  %-20s  %-20s  %s";

  @Override
  public String header() {
    return LINE.formatted(
        "to",
        "version",
        "facility",
        "group",
        "studies",
        "truths",
        "sensitivity",
        "specificity",
        "remarks");
  }

  @Override
  public Tone tone(Performance figures) {
    return fallen(figures).isEmpty() ? Tone.PLAIN : Tone.WARNING;
  }

  @Override
  public String row(Performance figures) {
    Proportion truths = figures.getTruthShare();
    List<String> remarks =
        java.util.stream.Stream.concat(fallen(figures).stream(), figures.getCautions().stream())
            .toList();
    return LINE.formatted(
        figures.getToDay(),
        Cells.cut(figures.getModel().getName() + "/" + figures.getModel().getVersion(), 16),
        Cells.cut(figures.getFacility() == null ? "all" : figures.getFacility(), 10),
        Cells.cut(group(figures), 18),
        figures.getStudies(),
        truths == null ? 0 : truths.getHits(),
        share(figures.getSensitivity()),
        share(figures.getSpecificity()),
        String.join(" ", remarks));
  }

  private static String group(Performance figures) {
    return switch (figures.getDimension()) {
      case ALL -> "all";
      case BODY_PART -> "part " + Cells.orDash(figures.getValue());
      case AGE_BAND -> "age " + Cells.orDash(figures.getValue());
      case SCANNER -> "scanner " + Cells.orDash(figures.getValue());
      case PRIORITY -> Cells.orDash(figures.getValue());
      case UNKNOWN -> "?";
    };
  }

  private static String share(@Nullable Proportion share) {
    return share == null
        ? "-"
        : "%.3f (%.3f-%.3f)".formatted(share.getValue(), share.getLow(), share.getHigh());
  }

  private static List<String> fallen(Performance figures) {
    return figures.getTests().stream()
        .filter(FallTest::getAlarm)
        .map(test -> test.getMeasure() + " FELL SINCE " + test.getSince())
        .toList();
  }
}
