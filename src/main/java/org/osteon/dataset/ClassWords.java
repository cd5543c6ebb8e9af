package org.osteon.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which words, of folders and of manifests, mean which class.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ClassWords {
  /** The classes in the order of their numbers. */
  public static final List<String> CLASSES = List.of("healthy", "fractured", "beyond_repair");

  private static final Map<String, Integer> STANDARD =
      Map.of(
          "healthy", 0,
          "fractured", 1,
          "beyond_repair", 2,
          "severe", 2,
          "healthy_bones", 0,
          "fractured_bones", 1,
          "bones_beyond_repair", 2);

  private final Map<String, Integer> labels;

  private ClassWords(Map<String, Integer> labels) {
    this.labels = labels;
  }

  /** The classes' own names and the words that are common for them. */
  public static ClassWords standard() {
    return new ClassWords(STANDARD);
  }

  /**
   * These words and more.
   *
   * @param synonyms class by word, {@code normal → healthy}
   * @throws IllegalArgumentException where a class is none of {@link #CLASSES}
   */
  public ClassWords and(Map<String, String> synonyms) {
    Map<String, Integer> more = new HashMap<>(labels);
    synonyms.forEach(
        (word, name) -> {
          int label = CLASSES.indexOf(key(name));
          if (label < 0) {
            throw new IllegalArgumentException(
                "'%s' cannot mean '%s': the classes are %s."
                    .formatted(word, name, String.join(", ", CLASSES)));
          }
          more.put(key(word), label);
        });
    return new ClassWords(more);
  }

  /** The class's number, or -1 where the word means none. */
  public int label(String word) {
    return labels.getOrDefault(key(word), -1);
  }

  private static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
