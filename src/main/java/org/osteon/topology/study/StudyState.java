package org.osteon.topology.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Severity;
import org.osteon.event.StudyAssessment;
import org.osteon.topology.order.Ordered;

/**
 * What the service remembers of a study: the answer to each of its images and the alerts it raised.
 *
 * <p>The verdict is computed from the answers and never added up, so an image that comes again
 * changes nothing, and a later model version's answer takes the place of the earlier one's.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param views one for each image that is listed, in order of arrival
 * @param beyond the worst of the images beyond those that are listed, or null
 * @param raised the alerts that were raised, each severity and model version once
 * @param facility of the latest image
 * @param bodyPart of the latest image that names one
 * @param model that answered last
 * @param version of that model
 * @param sha256 of that version
 * @param updatedAt when the latest answer was known, milliseconds since the epoch
 * @param order what the answer is filed with; null of studies that an older release wrote down
 * @param touchedAt when the latest image came, by the service's clock, milliseconds since the epoch
 * @param settled whether the verdict was published once more since then, as settled
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StudyState(
    List<StudyView> views,
    @Nullable StudyView beyond,
    List<Raised> raised,
    String facility,
    @Nullable String bodyPart,
    String model,
    String version,
    String sha256,
    long updatedAt,
    @Nullable StudyOrder order,
    long touchedAt,
    boolean settled) {
  /** Alerts that are remembered: of five versions of models, all their severities. */
  private static final int RAISED = 16;

  /** Before the first image. */
  static final StudyState NEW =
      new StudyState(List.of(), null, List.of(), "", null, "", "", "", 0, null, 0, false);

  /**
   * An alert that was raised.
   *
   * @param by the model version, {@code name/version}
   * @param eventId of the image that raised it
   * @param offset of that image's record
   * @param published whether the brokers are known to have it; at least once, a crash may come
   *     between the changelog and the alert
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Raised(String by, Severity severity, String eventId, long offset, boolean published) {}

  /** {@code name/version}. */
  static String answeredBy(ModelRef model) {
    return model.getName() + "/" + model.getVersion();
  }

  /**
   * With the answer to one more image, or to one that was answered before by another version.
   *
   * @param most images that are listed at most
   * @param now by the service's clock, milliseconds since the epoch
   * @return itself where the answer is known
   */
  public StudyState with(ClassificationResult result, int most, long now) {
    StudyView view = StudyView.of(result);
    List<StudyView> next = new ArrayList<>(views);
    StudyView rest = beyond;
    int known = position(view.eventId());
    if (known >= 0 && views.get(known).by().equals(view.by())) {
      return this;
    } else if (known >= 0) {
      next.set(known, view);
    } else if (next.size() < most) {
      next.add(view);
    } else {
      rest = rest == null ? view : rest.worse(view);
      if (rest.equals(beyond)) {
        return this;
      }
    }
    ModelRef by = result.getModel();
    return new StudyState(
        List.copyOf(next),
        rest,
        raised,
        result.getFacility(),
        result.getBodyPart() == null ? bodyPart : result.getBodyPart(),
        by.getName(),
        by.getVersion(),
        by.getSha256(),
        Math.max(updatedAt, result.getProcessedAt().toEpochMilli()),
        StudyOrder.of(result, order),
        now,
        false);
  }

  /**
   * With what is ordered of it.
   *
   * @return itself where that changes nothing
   */
  StudyState with(@Nullable Ordered ordered) {
    if (ordered == null) {
      return this;
    }
    StudyOrder known = order == null ? StudyOrder.NONE : order;
    StudyOrder next = known.with(ordered);
    return next.equals(known)
        ? this
        : new StudyState(
            views, beyond, raised, facility, bodyPart, model, version, sha256, updatedAt, next,
            touchedAt, settled);
  }

  /** As its images have it; null where none does. */
  @Nullable String accessionNumber() {
    return order == null ? null : order.accessionNumber();
  }

  /** Whether no verdict is to follow by itself; so of studies that an older release wrote down. */
  boolean rests() {
    return settled || touchedAt == 0;
  }

  /** No image has come for long. */
  StudyState settle() {
    return new StudyState(
        views, beyond, raised, facility, bodyPart, model, version, sha256, updatedAt, order,
        touchedAt, true);
  }

  /** The alert of that version and severity, or null where none was raised. */
  @Nullable Raised raised(String by, Severity severity) {
    for (Raised each : raised) {
      if (each.by.equals(by) && each.severity == severity) {
        return each;
      }
    }
    return null;
  }

  /** The study's finding: the highest of its images. */
  Finding finding() {
    Finding highest = beyond == null ? Finding.NONE : beyond.found();
    for (StudyView view : views) {
      highest = view.found().compareTo(highest) > 0 ? view.found() : highest;
    }
    return highest;
  }

  /** Whether nothing as severe was raised under that version. */
  boolean becomes(String by, Severity severity) {
    return raised.stream()
        .noneMatch(each -> each.by.equals(by) && each.severity.compareTo(severity) >= 0);
  }

  StudyState raising(Raised alert) {
    List<Raised> next = new ArrayList<>(raised);
    next.add(alert);
    return withRaised(next.subList(Math.max(0, next.size() - RAISED), next.size()));
  }

  /** With all its alerts known to have reached the brokers. */
  StudyState published() {
    return withRaised(
        raised.stream()
            .map(each -> new Raised(each.by, each.severity, each.eventId, each.offset, true))
            .toList());
  }

  /** As it is published. Not to be asked before the first image. */
  StudyAssessment assessment(String studyInstanceUid) {
    StudyView worst = views.stream().reduce(StudyView::worse).orElseThrow();
    worst = beyond == null ? worst : worst.worse(beyond);
    return StudyAssessment.newBuilder()
        .setStudyInstanceUid(studyInstanceUid)
        .setFacility(facility)
        .setBodyPart(bodyPart)
        .setFinding(worst.found())
        .setAccessionNumber(order == null ? null : order.accessionNumber())
        .setPatientPseudonym(order == null ? null : order.patientPseudonym())
        .setAttributes(order == null ? Map.of() : order.attributes())
        .setSettled(settled)
        .setPriority(order != null && order.stat() ? Priority.STAT : Priority.ROUTINE)
        .setOrderNumber(order == null ? null : order.orderNumber())
        .setReasonCode(order == null ? null : order.reasonCode())
        .setLabel(worst.label())
        .setProbability(worst.probability())
        .setDecision(worst.referred() ? Decision.REFER : Decision.REPORT)
        .setImages(views.size())
        .setEventIds(views.stream().map(StudyView::eventId).toList())
        .setModel(new ModelRef(model, version, sha256))
        .setUpdatedAt(Instant.ofEpochMilli(updatedAt))
        .build();
  }

  private StudyState withRaised(List<Raised> next) {
    return new StudyState(
        views,
        beyond,
        List.copyOf(next),
        facility,
        bodyPart,
        model,
        version,
        sha256,
        updatedAt,
        order,
        touchedAt,
        settled);
  }

  private int position(String eventId) {
    for (int i = 0; i < views.size(); i++) {
      if (views.get(i).eventId().equals(eventId)) {
        return i;
      }
    }
    return -1;
  }
}
