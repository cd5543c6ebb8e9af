package org.osteon.service.canary;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ClassificationResult;
import org.osteon.limit.BoundedMap;
import org.osteon.topology.model.Candidate.Fate;

/**
 * Judges a canary by the images that both versions were asked about: each is a pair, so neither the
 * patients of the day nor the load of the machine are mistaken for the version. A study counts
 * once, by its first image, and once more where a later one speaks against the canary: the views of
 * one patient are no independent evidence.
 *
 * <p>From the image on that makes it clear, no answer of the canary counts in this replica; the
 * other ones hear of it.
 *
 * <p><b>Threading.</b> Any.
 */
final class Guard {
  /** Of a thousand versions that keep to a limit, one is withdrawn for it. */
  private static final double ENOUGH = 1_000;

  /** There are a few dozen body parts, and each gets a chance to be mistaken. */
  private static final double ENOUGH_OF_A_PART = 10_000;

  private static final int MOST_PARTS = 64;
  private static final int MOST_STUDIES = 10_000;
  private static final Pattern TERM = Pattern.compile("[A-Z][A-Z0-9_ ]{0,31}");
  private static final String OTHER = "OTHER";
  private static final Set<Criterion> BY_STUDY =
      EnumSet.of(Criterion.FAILED, Criterion.LATE, Criterion.DISAGREED);

  private final Map<String, Set<Criterion>> studies = BoundedMap.byAge(MOST_STUDIES);
  private final Map<String, Group> parts = new HashMap<>();
  private final Limits limits;
  private final Group all;
  private final boolean cpu;
  private final Clock clock;
  private @Nullable String breach;

  /**
   * @param cpu whether a call takes about as much time for each image of its batch
   */
  Guard(Limits limits, boolean cpu, Clock clock) {
    this.limits = limits;
    this.cpu = cpu;
    this.clock = clock;
    this.all = new Group(limits, "", ENOUGH);
  }

  /**
   * Takes an image that both versions were asked about.
   *
   * @param second null where the canary said nothing
   * @return whether the canary's answer counts
   */
  synchronized boolean stands(
      ClassificationResult first, @Nullable ClassificationResult second, Fate fate) {
    if (breach != null || fate == Fate.NOT_ASKED) {
      return false;
    }
    Seen seen = Seen.of(first, second, fate, limits.latencyRatio(), cpu);
    Group part = part(first.getBodyPart());
    String study = first.getStudyInstanceUid();
    Set<Criterion> before = studies.get(study);
    if (before == null) {
      studies.put(study, EnumSet.noneOf(Criterion.class));
      begin(all, seen);
      begin(part, seen);
    }
    Set<Criterion> counted = studies.getOrDefault(study, Set.of());
    for (Criterion criterion : BY_STUDY) {
      if (seen.against().contains(criterion) && counted.add(criterion) && before != null) {
        all.late(criterion);
        part.late(criterion);
      }
    }
    breach = all.breach().or(part::breach).orElse(null);
    return breach == null && second != null;
  }

  /** Something other than images says that it cannot go on. */
  synchronized void lose(String why) {
    if (breach == null) {
      breach = why;
    }
  }

  /** Why it is to be withdrawn, as a sentence. */
  synchronized Optional<String> breach() {
    return Optional.ofNullable(breach);
  }

  /** What was seen, for the other replicas. */
  synchronized CanaryStanding standing(String activeSha256) {
    return new CanaryStanding(
        activeSha256,
        false,
        all.of(Criterion.FAILED),
        all.hits(Criterion.FAILED),
        all.hits(Criterion.LATE),
        all.hits(Criterion.DISAGREED),
        all.hits(Criterion.REFERRED_MORE),
        all.hits(Criterion.REFERRED_LESS),
        all.hits(Criterion.SLOW),
        all.of(Criterion.SLOW),
        Instant.ofEpochMilli(clock.millis()));
  }

  private static void begin(Group group, Seen seen) {
    for (Criterion criterion : BY_STUDY) {
      group.first(criterion, seen.against().contains(criterion) ? 1 : 0);
    }
    group.first(Criterion.REFERRED_MORE, seen.referral());
    group.first(Criterion.REFERRED_LESS, -seen.referral());
    if (seen.timed()) {
      group.first(Criterion.SLOW, seen.against().contains(Criterion.SLOW) ? 1 : 0);
    }
  }

  /** What is no term of DICOM's is not repeated: it may say anything. */
  private Group part(@Nullable String said) {
    String term = said == null ? OTHER : said.strip().toUpperCase(Locale.ROOT);
    boolean known = TERM.matcher(term).matches();
    String name = known && (parts.containsKey(term) || parts.size() < MOST_PARTS) ? term : OTHER;
    return parts.computeIfAbsent(name, n -> new Group(limits, n, ENOUGH_OF_A_PART));
  }
}
