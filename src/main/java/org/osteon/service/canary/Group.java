package org.osteon.service.canary;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was seen of a canary in one group of studies: counts, and the evidence against it.
 *
 * <p><b>Threading.</b> The guard's lock.
 */
final class Group {
  private final Map<Criterion, MeanTest> tests = new EnumMap<>(Criterion.class);
  private final Map<Criterion, long[]> counts = new EnumMap<>(Criterion.class);
  private final String name;
  private final double enough;

  /**
   * @param name for sentences; empty for all studies
   * @param enough evidence that withdraws a canary, 1/α
   */
  Group(Limits limits, String name, double enough) {
    this.name = name;
    this.enough = enough;
    for (Criterion criterion : Criterion.values()) {
      boolean signed = criterion == Criterion.REFERRED_MORE || criterion == Criterion.REFERRED_LESS;
      tests.put(criterion, new MeanTest(limits.of(criterion), signed ? -1 : 0));
      counts.put(criterion, new long[2]);
    }
  }

  /**
   * Counts a study.
   *
   * @param value 1 where it speaks against the canary, −1 where for it, else 0
   */
  void first(Criterion criterion, int value) {
    tests(criterion).add(value);
    long[] count = count(criterion);
    count[0] += value > 0 ? 1 : 0;
    count[1]++;
  }

  /** A study that was counted speaks against the canary after all. */
  void late(Criterion criterion) {
    tests(criterion).add(1);
    count(criterion)[0]++;
  }

  /** Studies that speak against it. */
  long hits(Criterion criterion) {
    return count(criterion)[0];
  }

  /** Studies that were counted. */
  long of(Criterion criterion) {
    return count(criterion)[1];
  }

  /** What it is to be withdrawn for, as a sentence. */
  Optional<String> breach() {
    for (Criterion criterion : Criterion.values()) {
      if (tests(criterion).evidence() >= enough) {
        String of = name.isEmpty() ? "" : " of body part " + name;
        return Optional.of(criterion.sentence(hits(criterion), of(criterion), of));
      }
    }
    return Optional.empty();
  }

  private MeanTest tests(Criterion criterion) {
    return Objects.requireNonNull(tests.get(criterion));
  }

  private long[] count(Criterion criterion) {
    return Objects.requireNonNull(counts.get(criterion));
  }
}
