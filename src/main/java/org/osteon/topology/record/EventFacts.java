package org.osteon.topology.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;

/**
 * What is kept of an event while its image is on its way: all that the result repeats, and not the
 * image.
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
    Map<String, String> attributes) {

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
        event.getAttributes());
  }
}
