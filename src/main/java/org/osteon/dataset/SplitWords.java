package org.osteon.dataset;

import java.util.List;
import java.util.Locale;

/** What sources call the three splits. */
public final class SplitWords {
  /** In the order in which they are made and counted. */
  public static final List<String> SPLITS = List.of("train", "val", "test");

  private SplitWords() {}

  /**
   * The split that a word means; empty for an empty word.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static String split(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "" -> "";
      case "train", "training" -> "train";
      case "val", "valid", "validation", "dev" -> "val";
      case "test", "testing" -> "test";
      default ->
          throw new IllegalArgumentException(
              "'%s' is no split: write train, val or test, or ask for --resplit.".formatted(word));
    };
  }

  public static boolean isSplit(String word) {
    return List.of("train", "training", "val", "valid", "validation", "dev", "test", "testing")
        .contains(word.toLowerCase(Locale.ROOT));
  }
}
