package org.osteon.dataset;

import java.util.Locale;
import java.util.Map;

/**
 * One image of a data set before it is read.
 *
 * @param file path below the data set's folder, with forward slashes
 * @param label 0 healthy, 1 fractured, 2 beyond repair
 * @param group pictures that must not be split: one patient, one study or near-duplicates
 * @param source where it came from
 * @param split {@code train}, {@code val} or {@code test}
 */
record Sample(String file, int label, String group, String source, String split) {
  private static final Map<String, Integer> LABELS =
      Map.of(
          "healthy",
          0,
          "fractured",
          1,
          "beyond_repair",
          2,
          "severe",
          2,
          "healthy_bones",
          0,
          "fractured_bones",
          1,
          "bones_beyond_repair",
          2);

  /** The label of a class folder or a manifest's word, or -1. */
  static int label(String word) {
    return LABELS.getOrDefault(word.toLowerCase(Locale.ROOT).strip(), -1);
  }
}
