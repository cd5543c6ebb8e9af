package org.osteon.dataset.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Csv;
import org.osteon.dataset.Sample;
import org.osteon.dataset.SplitWords;
import org.osteon.dataset.layout.Samples;

/**
 * Which sample is in which split, and which are left out for it.
 *
 * <p>Where the source gives splits they are kept. A picture of the training split that is nearly
 * one of validation or test is left out, and one of validation that is nearly one of test: the
 * figures stay honest, and the test split stays the one that others report on. Where the source
 * gives none, near duplicates become one group first, and nothing is left out.
 *
 * @param samples each with a split, in order of their file
 * @param dropped the reason for each file that is left out
 */
public record SplitPlan(List<Sample> samples, Map<String, String> dropped) {
  /**
   * @param pairs near duplicates among the samples; empty where they are allowed
   * @param shares of each split, where splits are made
   * @param seed of the splits that are made
   * @param resplit whether splits that the source gives are ignored
   * @throws IllegalArgumentException where only some samples have a split, or a group crosses
   */
  public static SplitPlan of(
      List<Sample> samples,
      List<NearDuplicates.Pair> pairs,
      SplitShares shares,
      long seed,
      boolean resplit) {
    long without =
        resplit ? samples.size() : samples.stream().filter(s -> s.split().isEmpty()).count();
    if (without == samples.size()) {
      List<Sample> grouped = Groups.merged(samples, pairs);
      return new SplitPlan(Splits.make(grouped, shares, seed), Map.of());
    }
    if (without > 0) {
      throw new IllegalArgumentException(
          "%d of %d images have no split: fill in the column, or ask for --resplit."
              .formatted(without, samples.size()));
    }
    Samples.checkGroups(samples);
    if (samples.stream().noneMatch(s -> s.split().equals("val"))) {
      // Groups are joined for the cut only: near duplicates fall on one side of it.
      return withoutCrossings(carved(samples, pairs, shares, seed), pairs);
    }
    return withoutCrossings(samples, pairs);
  }

  private static List<Sample> carved(
      List<Sample> samples, List<NearDuplicates.Pair> pairs, SplitShares shares, long seed) {
    List<NearDuplicates.Pair> within =
        pairs.stream()
            .filter(p -> samples.get(p.first()).split().equals(samples.get(p.second()).split()))
            .toList();
    return Splits.carveValidation(Groups.merged(samples, within), shares, seed);
  }

  private static SplitPlan withoutCrossings(List<Sample> samples, List<NearDuplicates.Pair> pairs) {
    Map<String, String> dropped = new TreeMap<>();
    for (NearDuplicates.Pair pair : pairs) {
      Sample a = samples.get(pair.first());
      Sample b = samples.get(pair.second());
      int order = SplitWords.SPLITS.indexOf(a.split()) - SplitWords.SPLITS.indexOf(b.split());
      if (order != 0) {
        Sample out = order < 0 ? a : b;
        Sample kept = order < 0 ? b : a;
        dropped.putIfAbsent(
            out.file(), "near duplicate of %s (%s)".formatted(kept.file(), kept.split()));
      }
    }
    return new SplitPlan(
        samples.stream().filter(s -> !dropped.containsKey(s.file())).toList(), dropped);
  }

  /** Images of each class in each split, empty ones included. */
  public static Map<String, Map<String, Integer>> counts(List<Sample> samples) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (String split : SplitWords.SPLITS) {
      Map<String, Integer> classes = new LinkedHashMap<>();
      ClassWords.CLASSES.forEach(name -> classes.put(name, 0));
      counts.put(split, classes);
    }
    for (Sample sample : samples) {
      counts
          .getOrDefault(sample.split(), new HashMap<>())
          .merge(ClassWords.CLASSES.get(sample.label()), 1, Integer::sum);
    }
    return counts;
  }

  /** The lines of {@code splits.csv}, for people and for other tools. */
  public static List<String> csv(List<Sample> samples) {
    List<String> lines = new ArrayList<>();
    lines.add("file,label,group,source,body_part,split");
    lines.addAll(
        samples.stream()
            .map(
                s ->
                    Csv.line(
                        s.file(),
                        ClassWords.CLASSES.get(s.label()),
                        s.group(),
                        s.source(),
                        s.bodyPart(),
                        s.split()))
            .collect(Collectors.toList()));
    return lines;
  }
}
