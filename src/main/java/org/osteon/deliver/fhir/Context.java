package org.osteon.deliver.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.fhir.FhirSettings.Naming;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.ResultIds;
import org.osteon.identity.Original;

/**
 * Whose a result is and what it answers, in FHIR's terms: what several resources of one transaction
 * say alike.
 */
final class Context {
  static final String RESULT = "urn:osteon:result";
  static final String ALERT = "urn:osteon:alert";
  static final String MODEL = "urn:osteon:model-sha256";
  static final String DICOM = "urn:dicom:uid";

  private final Delivery delivery;
  private final ClassificationResult result;
  private final Original original;
  private final Naming naming;

  Context(Delivery delivery, Naming naming) {
    this.delivery = delivery;
    this.result = delivery.result();
    this.original = delivery.original();
    this.naming = naming;
  }

  Delivery delivery() {
    return delivery;
  }

  ClassificationResult result() {
    return result;
  }

  /** The patient, by record number, or by what the publisher calls the patient. */
  Optional<ObjectNode> subject() {
    String number = original.text(Original.PATIENT_ID).trim();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode identifier =
        number.equals(result.getPatientPseudonym())
            ? Elements.identifier("urn:osteon:patient-pseudonym", number)
            : Elements.identifier("MR", naming.patientSystem(), number);
    return Optional.of(Elements.reference("Patient", identifier));
  }

  /** The accession number as an identifier. */
  Optional<ObjectNode> accession() {
    String number = original.text(Original.ACCESSION_NUMBER).trim();
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(Elements.identifier("ACSN", naming.accessionSystem(), number));
  }

  /** The order that the image answers. */
  Optional<ObjectNode> order() {
    return accession().map(number -> Elements.reference("ServiceRequest", number));
  }

  ObjectNode studyIdentifier() {
    return Elements.identifier(DICOM, "urn:oid:" + original.studyUid());
  }

  /** Whether the study is an entry of the transaction; FHIR has none without a patient. */
  boolean hasStudy() {
    return subject().isPresent();
  }

  ObjectNode study() {
    return hasStudy()
        ? Elements.reference(url("ImagingStudy"))
        : Elements.reference("ImagingStudy", studyIdentifier());
  }

  /** The day of the study; DICOM's times have no zone, and FHIR has none without. */
  Optional<String> day() {
    String date = original.of(Original.STUDY_DATE).trim();
    return date.matches("\\d{8}")
        ? Optional.of(date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6))
        : Optional.empty();
  }

  /** Whether somebody is asked to look. */
  boolean hasTask() {
    return naming.taskFrom() != Finding.UNKNOWN
        && result.getFinding().compareTo(naming.taskFrom()) >= 0;
  }

  /** The id of the alert that the service raised of the same. */
  String alertId() {
    String severity =
        switch (result.getFinding()) {
          case CRITICAL -> "CRITICAL";
          case DEFINITE -> "URGENT";
          default -> "REVIEW";
        };
    return ResultIds.alert(
        result.getStudyInstanceUid(),
        severity,
        result.getModel().getName(),
        result.getModel().getVersion());
  }

  /** The full URL of that entry, a function of the result. */
  String url(String type) {
    String name = "fhir:" + type + ":" + result.getResultId();
    return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
