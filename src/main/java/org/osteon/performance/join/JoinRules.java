package org.osteon.performance.join;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Priority;
import org.osteon.performance.tally.Case.Traits;
import org.osteon.performance.tally.Scope;

/**
 * How results and truths meet.
 *
 * @param horizon how long a study waits for a truth after its latest image
 * @param scannerAttribute the attribute of events that says which scanner; null where none does
 */
public record JoinRules(Duration horizon, @Nullable String scannerAttribute) {
  Traits traits(ClassificationResult result) {
    String scanner = scannerAttribute == null ? null : result.getAttributes().get(scannerAttribute);
    return new Traits(
        Scope.clean(result.getFacility()),
        cleaned(upper(result.getBodyPart())),
        ageBand(result.getPatientAgeYears()),
        cleaned(scanner),
        result.getPriority() == Priority.STAT ? "STAT" : "ROUTINE");
  }

  private static @Nullable String upper(@Nullable String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String cleaned(@Nullable String text) {
    return text == null || text.isBlank() ? null : Scope.clean(text);
  }

  /** Infants, children with open growth plates, adults, and those whose bones thin. */
  private static @Nullable String ageBand(@Nullable Integer years) {
    if (years == null || years < 0) {
      return null;
    }
    return years < 5 ? "0-4" : years < 18 ? "5-17" : years < 65 ? "18-64" : "65+";
  }
}
