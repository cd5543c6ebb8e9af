package org.osteon.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The word that someone probably meant. */
public final class Nearest {
  /**
   * @return the candidate with the fewest edits to {@code word}, or null where none is near
   */
  public static @Nullable String to(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Math.max(2, word.length() / 3) + 1;
    for (String candidate : candidates) {
      int edits = edits(word, candidate);
      if (edits < fewest) {
        fewest = edits;
        best = candidate;
      }
    }
    return best;
  }

  /** Insertions, deletions and replacements that turn one into the other. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private Nearest() {}
}
