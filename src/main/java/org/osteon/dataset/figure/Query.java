package org.osteon.dataset.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;

/**
 * Which samples to look at.
 *
 * @param label of {@link ClassWords#CLASSES}, or -1 for all
 * @param bodyPart a part of the body part's name, any case; empty for all
 * @param source a part of the source's name, any case; empty for all
 * @param split {@code train}, {@code val} or {@code test}; empty for all
 */
public record Query(int label, String bodyPart, String source, String split) {
  /** Those it fits, shuffled by the seed. */
  List<Sample> draw(List<Sample> samples, long seed) {
    List<Sample> fitting =
        new ArrayList<>(
            samples.stream()
                .filter(s -> label < 0 || s.label() == label)
                .filter(s -> holds(s.bodyPart(), bodyPart) && holds(s.source(), source))
                .filter(s -> split.isEmpty() || s.split().equals(split))
                .toList());
    Collections.shuffle(fitting, new Random(seed));
    return fitting;
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
