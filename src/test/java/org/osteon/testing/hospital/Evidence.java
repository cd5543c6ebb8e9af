package org.osteon.testing.hospital;

import java.util.List;
import java.util.Map;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.StudyAssessment;

/**
 * What was published and what a reader of {@code read_committed} finds.
 *
 * @param published in the order of publishing
 * @param results in the order of their partition and offset
 * @param deadLetters likewise
 * @param alerts in the order of their partition and offset
 * @param studies the last assessment of each study, by the record's key
 */
public record Evidence(
    List<Published> published,
    List<Result> results,
    List<Letter> deadLetters,
    List<Alert> alerts,
    Map<String, StudyAssessment> studies) {
  /**
   * An event.
   *
   * @param poison the reason its dead letter must have, or empty where it must be classified
   */
  public record Published(String eventId, String study, String poison) {}

  /** A result. */
  public record Result(ClassificationResult value, String key, int partition, long offset) {
    public String eventId() {
      return value.getEventId();
    }

    public String resultId() {
      return value.getResultId();
    }
  }

  /** A dead letter. */
  public record Letter(String eventId, String reason, boolean originalKept) {}
}
