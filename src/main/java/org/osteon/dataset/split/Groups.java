package org.osteon.dataset.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osteon.dataset.Sample;

/** Groups that grow together: two that share a picture become one. */
public final class Groups {
  private final int[] parents;

  private Groups(int size) {
    parents = IntStream.range(0, size).toArray();
  }

  /**
   * Joins the groups of near duplicates; a joined group has the first name, in order of the
   * alphabet, of those it is made of.
   */
  public static List<Sample> merged(List<Sample> samples, List<NearDuplicates.Pair> pairs) {
    Groups groups = new Groups(samples.size());
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      Integer first = firsts.putIfAbsent(samples.get(i).group(), i);
      groups.join(i, first == null ? i : first);
    }
    pairs.forEach(pair -> groups.join(pair.first(), pair.second()));
    Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      names.merge(groups.root(i), samples.get(i).group(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
    List<Sample> merged = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      merged.add(sample.inGroup(names.getOrDefault(groups.root(i), sample.group())));
    }
    return merged;
  }

  private void join(int a, int b) {
    parents[root(a)] = root(b);
  }

  private int root(int i) {
    while (parents[i] != i) {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
    return i;
  }
}
