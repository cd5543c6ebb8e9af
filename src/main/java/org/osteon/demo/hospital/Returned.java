package org.osteon.demo.hospital;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What has come back into the archive, study by study. */
final class Returned {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ROW = "%-10s  %-20s  %-12s  %6s  %7s  %8s  %s%n";

  private final Archive archive;
  private final Modality modality;
  private final SortedMap<Integer, StudyContent> studies = new TreeMap<>();

  /**
   * @param count studies that were sent
   */
  Returned(Archive archive, Modality modality, int count) {
    this.archive = archive;
    this.modality = modality;
    for (int n = 0; n < count; n++) {
      studies.put(n, new StudyContent(new TreeMap<>(), new TreeMap<>()));
    }
  }

  /**
   * Looks until everything is there, or nothing has come for a minute and a half.
   *
   * @param working whether there is anybody left who could bring something
   */
  void await(BooleanSupplier working) throws IOException, InterruptedException {
    long progress = System.nanoTime();
    while (!isComplete()
        && working.getAsBoolean()
        && System.nanoTime() - progress < PATIENCE.toNanos()) {
      for (int n : studies.keySet()) {
        StudyContent before = content(n);
        if (!before.isComplete(Modality.VIEWS)) {
          StudyContent now = archive.study(modality.study(n));
          studies.put(n, now);
          progress = now.equals(before) ? progress : System.nanoTime();
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Whether each image of each study has its report and its capture. */
  boolean isComplete() {
    return complete() == studies.size();
  }

  int complete() {
    return (int) studies.values().stream().filter(each -> each.isComplete(Modality.VIEWS)).count();
  }

  void print(PrintStream out) {
    out.printf(ROW, "order", "patient", "study", "images", "reports", "captures", "they say");
    studies.forEach(
        (n, content) -> {
          String uid = modality.study(n);
          out.printf(
              ROW,
              Modality.accession(n),
              Modality.patient(n),
              "…" + uid.substring(uid.length() - 9),
              content.images(),
              content.reports(),
              content.captures(),
              content.impressions().entrySet().stream()
                  .map(each -> each.getValue() + " × " + each.getKey())
                  .collect(Collectors.joining(" ")));
        });
  }

  private StudyContent content(int n) {
    return studies.getOrDefault(n, new StudyContent(new TreeMap<>(), new TreeMap<>()));
  }
}
