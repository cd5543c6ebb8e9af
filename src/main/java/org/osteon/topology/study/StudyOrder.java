package org.osteon.topology.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Priority;
import org.osteon.topology.order.Ordered;

/**
 * What the answer is filed with, of the latest image that said it.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param attributes of the latest image
 * @param stat whether an image or an order wants an answer at once
 * @param orderNumber pseudonym of the order's number
 * @param reasonCode why it was ordered
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StudyOrder(
    @Nullable String accessionNumber,
    @Nullable String patientPseudonym,
    Map<String, String> attributes,
    boolean stat,
    @Nullable String orderNumber,
    @Nullable String reasonCode) {
  /** Nothing was said. */
  static final StudyOrder NONE = new StudyOrder(null, null, Map.of(), false, null, null);

  static StudyOrder of(ClassificationResult result, @Nullable StudyOrder before) {
    return new StudyOrder(
        latest(result.getAccessionNumber(), before == null ? null : before.accessionNumber),
        latest(result.getPatientPseudonym(), before == null ? null : before.patientPseudonym),
        result.getAttributes(),
        result.getPriority() == Priority.STAT || (before != null && before.stat),
        latest(result.getOrderNumber(), before == null ? null : before.orderNumber),
        latest(result.getReasonCode(), before == null ? null : before.reasonCode));
  }

  /** STAT for good once anyone said so. */
  StudyOrder with(Ordered ordered) {
    return new StudyOrder(
        accessionNumber,
        patientPseudonym,
        attributes,
        stat || ordered.stat(),
        latest(ordered.number(), orderNumber),
        latest(ordered.reason(), reasonCode));
  }

  private static @Nullable String latest(@Nullable String said, @Nullable String before) {
    return said == null ? before : said;
  }
}
