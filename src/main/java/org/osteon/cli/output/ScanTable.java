package org.osteon.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.scan.ScanReport;
import org.osteon.dataset.scan.Spread;

/** A scan for people. */
public final class ScanTable {
  private static final int NAMED = 10;

  private final PrintWriter out;

  public ScanTable(PrintWriter out) {
    this.out = out;
  }

  public void print(ScanReport report) {
    out.printf("%d images, %d unreadable%n", report.images(), report.unreadable().size());
    counts("split", report.splits());
    counts("body part", report.bodyParts());
    counts("source", report.sources());
    out.printf("%n%-40s %9s %9s %9s %9s %9s%n", "size", "min", "10%", "median", "90%", "max");
    report.sizes().forEach((name, spread) -> spread(name, spread, "aspect".equals(name)));
    out.printf("%n%-40s %9s %9s %9s %9s %9s%n", "grey", "min", "10%", "median", "90%", "max");
    report
        .grey()
        .forEach(
            (name, spreads) ->
                spreads.forEach((what, s) -> spread(name + " " + what, s, what.equals("black"))));
    files(report.unreadable());
    families("exact duplicates", report.exactDuplicates());
    families("near duplicates beyond the given groups", report.nearDuplicates());
  }

  private void counts(String title, Map<String, Map<String, Integer>> rows) {
    List<String> classes = ClassWords.CLASSES;
    out.printf("%n%-40s", title);
    classes.forEach(name -> out.printf(" %13s", name));
    out.println();
    rows.forEach(
        (row, counts) -> {
          out.printf("%-40s", Cells.cut(row, 40));
          classes.forEach(name -> out.printf(" %13d", counts.getOrDefault(name, 0)));
          out.println();
        });
  }

  private void spread(String name, Spread s, boolean fraction) {
    String cell = fraction ? " %9.2f" : " %9.0f";
    out.printf("%-40s", name);
    for (double value : new double[] {s.min(), s.p10(), s.median(), s.p90(), s.max()}) {
      out.printf(cell, value);
    }
    out.println();
  }

  private void files(Map<String, String> unreadable) {
    unreadable.entrySet().stream()
        .limit(NAMED)
        .forEach(e -> out.printf("%nunreadable %s: %s", e.getKey(), e.getValue()));
    more(unreadable.size());
  }

  private void families(String title, List<ScanReport.Family> families) {
    out.printf("%n%s: %d%n", title, families.size());
    for (ScanReport.Family family : families.subList(0, Math.min(NAMED, families.size()))) {
      out.printf("  %s", String.join(" = ", family.files()));
      if (family.classes().size() > 1) {
        out.printf("  [classes %s]", String.join(", ", family.classes()));
      }
      if (family.splits().size() > 1) {
        out.printf("  [splits %s]", String.join(", ", family.splits()));
      }
      out.println();
    }
    more(families.size());
  }

  private void more(int count) {
    if (count > NAMED) {
      out.printf("  … and %d more, see --json%n", count - NAMED);
    }
  }
}
