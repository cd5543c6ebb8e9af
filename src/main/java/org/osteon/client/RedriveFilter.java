package org.osteon.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeadLetter;
import org.osteon.event.Stage;

/**
 * Which dead letters are meant; null for all.
 *
 * @param reason a code, {@code UNKNOWN_SCHEMA}
 * @param stage where they failed
 * @param since failed then or later
 * @param until failed before then
 */
public record RedriveFilter(
    @Nullable String reason,
    @Nullable Stage stage,
    @Nullable Instant since,
    @Nullable Instant until) {

  boolean matches(DeadLetter letter) {
    Instant failed = letter.getFailedAt();
    return (reason == null || reason.equals(letter.getReason()))
        && (stage == null || stage == letter.getStage())
        && (since == null || !failed.isBefore(since))
        && (until == null || failed.isBefore(until));
  }

  /** Whether it leaves letters out that no offset can tell from others. */
  public boolean isTimed() {
    return since != null || until != null;
  }
}
