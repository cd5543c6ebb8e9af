package org.osteon.client;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeadLetter;
import org.osteon.event.Stage;

/**
 * Which dead letters are meant; null for all.
 *
 * @param reason a code, {@code UNKNOWN_SCHEMA}; null leaves out those that replicas would die of
 * @param stage where they failed
 * @param since failed then or later
 * @param until failed before then
 */
public record RedriveFilter(
    @Nullable String reason,
    @Nullable Stage stage,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** What would stop replicas again, or was meant to be left out. */
  private static final Set<String> ONLY_BY_NAME = Set.of("KILLED_A_REPLICA", "SKIPPED_BY_OPERATOR");

  boolean matches(DeadLetter letter) {
    Instant failed = letter.getFailedAt();
    return (reason == null
            ? !ONLY_BY_NAME.contains(letter.getReason())
            : reason.equals(letter.getReason()))
        && (stage == null || stage == letter.getStage())
        && (since == null || !failed.isBefore(since))
        && (until == null || failed.isBefore(until));
  }

  /** Whether it leaves letters out that no offset can tell from others. */
  public boolean isTimed() {
    return since != null || until != null;
  }
}
