package org.osteon.dataset.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osteon.dataset.Sample;
import org.osteon.dataset.SplitWords;

/**
 * Makes splits by group, stratified by class and body part: the largest group first, each to the
 * split that lacks most of what the group mostly is. Near the shares, not exactly: a group is never
 * cut to fit.
 */
public final class Splits {
  private final SplitShares shares;
  private final int[] candidates;
  private final Map<String, Integer> totals = new HashMap<>();
  private final Map<String, int[]> given = new HashMap<>();

  /**
   * @param candidates the splits, by number, that groups may go to
   */
  private Splits(SplitShares shares, int... candidates) {
    this.shares = shares;
    this.candidates = candidates;
  }

  /** All three splits for samples that have none, the same for the same seed. */
  static List<Sample> make(List<Sample> samples, SplitShares shares, long seed) {
    return new Splits(shares, 0, 1, 2).assign(samples, seed);
  }

  /**
   * A validation split out of a training split, for sources that give only training and test. Its
   * part of the two is as in the shares.
   */
  static List<Sample> carveValidation(List<Sample> samples, SplitShares shares, long seed) {
    List<Sample> train = samples.stream().filter(s -> s.split().equals("train")).toList();
    Map<String, Sample> moved = new HashMap<>();
    new Splits(shares, 0, 1).assign(train, seed).forEach(s -> moved.put(s.file(), s));
    return samples.stream().map(s -> moved.getOrDefault(s.file(), s)).toList();
  }

  private List<Sample> assign(List<Sample> samples, long seed) {
    Map<String, List<Sample>> groups =
        samples.stream()
            .collect(Collectors.groupingBy(Sample::group, TreeMap::new, Collectors.toList()));
    samples.forEach(s -> keys(s).forEach(key -> totals.merge(key, 1, Integer::sum)));
    List<List<Sample>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, new Random(seed));
    order.sort(Comparator.comparingInt((List<Sample> group) -> group.size()).reversed());
    Map<String, String> splits = new HashMap<>();
    for (List<Sample> group : order) {
      int split = neediest(mostly(group));
      splits.put(group.get(0).group(), SplitWords.SPLITS.get(split));
      for (Sample sample : group) {
        keys(sample).forEach(key -> given.computeIfAbsent(key, k -> new int[3])[split]++);
      }
    }
    return samples.stream().map(s -> s.inSplit(splits.getOrDefault(s.group(), "train"))).toList();
  }

  /** Ties in a small stratum are decided by the class, then by the whole. */
  private int neediest(Sample sample) {
    int best = candidates[0];
    for (int split : candidates) {
      for (String key : keys(sample)) {
        double difference = deficit(key, split) - deficit(key, best);
        if (difference > 1e-9) {
          best = split;
        }
        if (Math.abs(difference) > 1e-9) {
          break;
        }
      }
    }
    return best;
  }

  private double deficit(String key, int split) {
    double all = 0;
    for (int candidate : candidates) {
      all += shares.of(candidate);
    }
    int has = given.getOrDefault(key, new int[3])[split];
    return totals.getOrDefault(key, 0) * shares.of(split) / all - has;
  }

  /** A sample of the stratum that most of the group is in. */
  private static Sample mostly(List<Sample> group) {
    Map<String, Long> counts =
        group.stream().collect(Collectors.groupingBy(s -> keys(s).get(0), Collectors.counting()));
    return Collections.max(
        group, Comparator.comparingLong(s -> counts.getOrDefault(keys(s).get(0), 0L)));
  }

  private static List<String> keys(Sample sample) {
    return List.of(sample.label() + "/" + sample.bodyPart(), sample.label() + "", "");
  }
}
