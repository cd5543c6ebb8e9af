package org.osteon.dataset.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds pictures that are the same picture: scaled, stretched, turned, mirrored, re-encoded.
 *
 * <p>The bounds were set by eye on 3,438 radiographs of twelve sources that had been cleaned of
 * copies before. Of the six million pairs, the four within both bounds and of different groups are
 * the same picture, or the same limb twice. Below a correlation of 0.95 come different children's
 * hands in the same pose; up to it and beyond 70 bits, different legs. What is cropped by more than
 * a margin is not found.
 *
 * <p>Every pair is looked at, in eight turns: ten thousand images take a few seconds, a hundred
 * thousand some minutes.
 */
public final class NearDuplicates {
  /** Of 256 bits; pictures of no relation differ in about 128. */
  static final int MAX_DISTANCE = 70;

  /** Of the thumbnails. */
  static final double MIN_CORRELATION = 0.95;

  private NearDuplicates() {}

  /**
   * Two pictures that are one.
   *
   * @param first place in the list
   * @param second place in the list, behind the first
   * @param distance differing bits of the hashes, of 256, the second turned to fit
   * @param correlation of the thumbnails
   */
  public record Pair(int first, int second, int distance, double correlation) {}

  /**
   * All pairs in order of their places.
   *
   * @param prints of each picture; empty where it could not be read
   */
  public static List<Pair> pairs(List<Optional<Fingerprint>> prints) {
    return IntStream.range(0, prints.size())
        .parallel()
        .filter(i -> prints.get(i).isPresent())
        .mapToObj(i -> pairsOf(i, prints))
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second))
        .toList();
  }

  private static List<Pair> pairsOf(int first, List<Optional<Fingerprint>> prints) {
    List<Pair> pairs = new ArrayList<>();
    Fingerprint print = prints.get(first).orElseThrow();
    for (int second = first + 1; second < prints.size(); second++) {
      Fingerprint other = prints.get(second).orElse(null);
      if (other == null) {
        continue;
      }
      int turn = print.closestTurn(other);
      int distance = print.distance(other, turn);
      if (distance <= MAX_DISTANCE) {
        double correlation = print.correlation(other, turn);
        if (correlation >= MIN_CORRELATION) {
          pairs.add(new Pair(first, second, distance, correlation));
        }
      }
    }
    return pairs;
  }
}
