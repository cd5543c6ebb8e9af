package org.osteon.topology.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.topology.order.Ordered;

/**
 * What is kept of an event while its image is on its way: all that the result repeats, and not the
 * image.
 *
 * @param ordered what its orders came to when it came; null where there was none
 */
public record EventFacts(
    String eventId,
    String studyInstanceUid,
    @Nullable String seriesInstanceUid,
    @Nullable String sopInstanceUid,
    String facility,
    @Nullable String bodyPart,
    String modality,
    @Nullable String laterality,
    @Nullable String viewPosition,
    Priority priority,
    @Nullable String accessionNumber,
    @Nullable String patientPseudonym,
    @Nullable Integer patientAgeYears,
    Map<String, String> attributes,
    @Nullable Ordered ordered) {

  public static EventFacts of(XRayEvent event) {
    return new EventFacts(
        event.getEventId(),
        event.getStudyInstanceUid(),
        event.getSeriesInstanceUid(),
        event.getSopInstanceUid(),
        event.getFacility(),
        event.getBodyPart(),
        event.getModality(),
        event.getLaterality(),
        event.getViewPosition(),
        event.getPriority(),
        event.getAccessionNumber(),
        event.getPatientPseudonym(),
        event.getPatientAgeYears(),
        event.getAttributes(),
        null);
  }

  /** With what its orders say: STAT if either is. */
  public EventFacts with(@Nullable Ordered order) {
    return order == null
        ? this
        : new EventFacts(
            eventId,
            studyInstanceUid,
            seriesInstanceUid,
            sopInstanceUid,
            facility,
            bodyPart,
            modality,
            laterality,
            viewPosition,
            order.stat() ? Priority.STAT : priority,
            accessionNumber,
            patientPseudonym,
            patientAgeYears,
            attributes,
            order);
  }
}
