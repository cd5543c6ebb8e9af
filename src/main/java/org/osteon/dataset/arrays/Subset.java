package org.osteon.dataset.arrays;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;
import org.osteon.dataset.SplitWords;

/**
 * Draws a balanced part of a data set: about as many images of each class, each split with the
 * share of the class that it had. What a group has of a class is drawn whole.
 */
public final class Subset {
  private Subset() {}

  /**
   * The files to take.
   *
   * @param perClass images of each class; a class with fewer is taken whole, and the last group of
   *     a split is left out where it would go beyond, but for the first
   */
  public static Set<String> draw(List<Sample> samples, int perClass, long seed) {
    Set<String> files = new HashSet<>();
    for (int label = 0; label < ClassWords.CLASSES.size(); label++) {
      int wanted = label;
      List<Sample> ofClass = samples.stream().filter(s -> s.label() == wanted).toList();
      for (String split : SplitWords.SPLITS) {
        List<Sample> part = ofClass.stream().filter(s -> s.split().equals(split)).toList();
        long quota = Math.round((double) perClass * part.size() / Math.max(1, ofClass.size()));
        take(part, quota, new Random(seed * 31 + label), files);
      }
    }
    return files;
  }

  private static void take(List<Sample> part, long quota, Random random, Set<String> files) {
    Map<String, List<Sample>> groups =
        part.stream()
            .collect(Collectors.groupingBy(Sample::group, TreeMap::new, Collectors.toList()));
    List<List<Sample>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, random);
    long taken = 0;
    for (List<Sample> group : order) {
      if (taken < quota && (taken == 0 || taken + group.size() <= quota)) {
        group.forEach(sample -> files.add(sample.file()));
        taken += group.size();
      }
    }
  }

  /** All samples of prepared arrays, in order, without keeping a plane. */
  static List<Sample> samplesOf(List<Path> shards) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path shard : shards) {
      samples.addAll(Shard.samplesOf(shard));
    }
    return samples;
  }
}
