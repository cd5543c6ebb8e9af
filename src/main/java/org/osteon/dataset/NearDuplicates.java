package org.osteon.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds pictures that are the same picture: scaled, re-encoded or cropped by a little. Every pair
 * is looked at, at a few nanoseconds each: ten thousand images take a second, a hundred thousand a
 * minute or two.
 */
final class NearDuplicates {
  /** Of 256 bits; two radiographs of no relation differ in about 128, of one body part in 80. */
  static final int MAX_DISTANCE = 40;

  /** Of the thumbnails. */
  static final double MIN_CORRELATION = 0.98;

  private NearDuplicates() {}

  /**
   * Two pictures that are one.
   *
   * @param first place in the list
   * @param second place in the list, behind the first
   * @param distance differing bits of the hash, of 256
   * @param correlation of the thumbnails
   */
  record Pair(int first, int second, int distance, double correlation) {}

  /**
   * All pairs in order of their places.
   *
   * @param prints of each picture; empty where it could not be read
   */
  static List<Pair> pairs(List<Optional<Fingerprint>> prints) {
    return pairs(prints, MAX_DISTANCE, MIN_CORRELATION);
  }

  static List<Pair> pairs(
      List<Optional<Fingerprint>> prints, int maxDistance, double minCorrelation) {
    return IntStream.range(0, prints.size())
        .parallel()
        .filter(i -> prints.get(i).isPresent())
        .mapToObj(i -> pairsOf(i, prints, maxDistance, minCorrelation))
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second))
        .toList();
  }

  private static List<Pair> pairsOf(
      int first, List<Optional<Fingerprint>> prints, int maxDistance, double minCorrelation) {
    List<Pair> pairs = new ArrayList<>();
    Fingerprint print = prints.get(first).orElseThrow();
    for (int second = first + 1; second < prints.size(); second++) {
      Fingerprint other = prints.get(second).orElse(null);
      if (other == null) {
        continue;
      }
      int distance = print.distance(other);
      if (distance <= maxDistance) {
        double correlation = print.correlation(other);
        if (correlation >= minCorrelation) {
          pairs.add(new Pair(first, second, distance, correlation));
        }
      }
    }
    return pairs;
  }
}
