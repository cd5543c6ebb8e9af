package org.osteon.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osteon.dataset.Sample;
import org.osteon.dataset.arrays.Subset;
import org.osteon.dataset.layout.Samples;

class SplitPlanTest {
  private static final SplitShares SHARES = SplitShares.parse("70,15,15");

  private static final List<String> PARTS = List.of("hand", "wrist", "leg");

  @Test
  void splitsAreStratifiedAndNoGroupIsCut() {
    List<Sample> samples = samples(2000);
    List<Sample> split = SplitPlan.of(samples, List.of(), SHARES, 7, false).samples();
    Samples.checkGroups(split);
    for (int label = 0; label < 3; label++) {
      for (String part : PARTS) {
        int wanted = label;
        List<Sample> stratum =
            split.stream().filter(s -> s.label() == wanted && s.bodyPart().equals(part)).toList();
        double train = stratum.stream().filter(s -> s.split().equals("train")).count();
        assertThat(train / stratum.size()).isCloseTo(0.7, within(0.03));
      }
    }
  }

  @Test
  void theSeedDecides() {
    List<Sample> samples = samples(300);
    List<Sample> once = SplitPlan.of(samples, List.of(), SHARES, 7, false).samples();
    assertThat(SplitPlan.of(samples, List.of(), SHARES, 7, false).samples()).isEqualTo(once);
    assertThat(SplitPlan.of(samples, List.of(), SHARES, 8, false).samples()).isNotEqualTo(once);
  }

  @Test
  void nearDuplicatesBecomeOneGroupBeforeTheCut() {
    List<Sample> samples = samples(300);
    List<NearDuplicates.Pair> pairs = new ArrayList<>();
    for (int i = 0; i + 150 < 300; i++) {
      pairs.add(new NearDuplicates.Pair(i, i + 150, 3, 1));
    }
    List<Sample> split = SplitPlan.of(samples, pairs, SHARES, 7, false).samples();
    for (NearDuplicates.Pair pair : pairs) {
      assertThat(split.get(pair.first()).split()).isEqualTo(split.get(pair.second()).split());
    }
  }

  @Test
  void trainGivesWayToATestImageThatItNearlyHolds() {
    List<Sample> samples =
        List.of(sample("a", "train"), sample("b", "val"), sample("c", "test"), sample("d", "val"));
    List<NearDuplicates.Pair> pairs =
        List.of(new NearDuplicates.Pair(0, 2, 3, 1), new NearDuplicates.Pair(1, 2, 3, 1));
    SplitPlan plan = SplitPlan.of(samples, pairs, SHARES, 1, false);
    assertThat(plan.samples()).extracting(Sample::file).containsExactly("c", "d");
    assertThat(plan.dropped())
        .isEqualTo(Map.of("a", "near duplicate of c (test)", "b", "near duplicate of c (test)"));
    assertThat(SplitPlan.of(samples, pairs, SHARES, 1, true).dropped()).isEmpty();
  }

  @Test
  void validationIsTakenOutOfTrainWhereThereIsNone() {
    List<Sample> samples =
        samples(400).stream()
            .map(s -> s.inSplit(s.group().endsWith("9") ? "test" : "train"))
            .toList();
    List<Sample> split = SplitPlan.of(samples, List.of(), SHARES, 1, false).samples();
    Samples.checkGroups(split);
    Map<String, Map<String, Integer>> counts = SplitPlan.counts(split);
    assertThat(counts.getOrDefault("val", Map.of("none", 0)).values()).allMatch(n -> n > 0);
    assertThat(split.stream().filter(s -> s.split().equals("test")).map(Sample::file))
        .containsExactlyElementsOf(
            samples.stream().filter(s -> s.split().equals("test")).map(Sample::file).toList());
  }

  @Test
  void halfAColumnOfSplitsIsRefused() {
    List<Sample> samples = List.of(sample("a", "train"), sample("b", ""));
    assertThatThrownBy(() -> SplitPlan.of(samples, List.of(), SHARES, 1, false))
        .hasMessageContaining("1 of 2 images have no split");
    assertThatThrownBy(() -> SplitShares.parse("70,15")).hasMessageContaining("70,15,15");
  }

  @Test
  void aSubsetIsBalancedAndKeepsGroupsWhole() {
    List<Sample> all = SplitPlan.of(samples(2000), List.of(), SHARES, 7, false).samples();
    Set<String> files = Subset.draw(all, 100, 3);
    Map<String, Set<Boolean>> whole =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.group() + s.label(),
                    Collectors.mapping(s -> files.contains(s.file()), Collectors.toSet())));
    assertThat(whole.values()).allMatch(taken -> taken.size() == 1);
    for (int label = 0; label < 3; label++) {
      int wanted = label;
      assertThat(all.stream().filter(s -> s.label() == wanted && files.contains(s.file())).count())
          .isBetween(85L, 110L);
    }
  }

  private static List<Sample> samples(int count) {
    Random random = new Random(5);
    List<Sample> samples = new ArrayList<>();
    while (samples.size() < count) {
      int size = Math.min(count - samples.size(), 1 + random.nextInt(6));
      int label = random.nextInt(3);
      String part = PARTS.get(random.nextInt(3));
      String group = "g" + samples.size();
      for (int i = 0; i < size; i++) {
        String file = "f%05d".formatted(samples.size());
        samples.add(new Sample(file, label, group, "s", "", part, "", ""));
      }
    }
    return samples;
  }

  private static Sample sample(String file, String split) {
    return new Sample(file, 0, file, "s", split, "", "", "");
  }
}
