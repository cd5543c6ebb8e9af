package org.osteon.examples.fhir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;

/**
 * A result as FHIR R4: an Observation and the DiagnosticReport that it is part of, both {@code
 * preliminary}, with the model as the device.
 *
 * <p>Both have the result's own id, which is a function of event, image and model version: what is
 * delivered twice is the same PUT twice. A referred result has no value but the reason why.
 */
public final class FhirBundles {
  private static final String LABELS = "urn:osteon:label";
  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
  private static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String NOTICE =
      "Preliminary, by a program, for research use only; not for clinical decisions.";

  private FhirBundles() {}

  /** A transaction that can be sent any number of times. */
  public static Bundle of(ClassificationResult result) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION);
    put(bundle, observation(result));
    put(bundle, report(result));
    return bundle;
  }

  private static void put(Bundle bundle, DomainResource resource) {
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl(resource.fhirType() + "/" + resource.getIdPart());
  }

  private static Observation observation(ClassificationResult result) {
    Observation observation = new Observation();
    observation.setId(result.getResultId());
    observation.addIdentifier(identifier(result));
    order(result).ifPresent(observation::addBasedOn);
    patient(result).ifPresent(observation::setSubject);
    observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
    observation.addCategory(
        concept(
            "http://terminology.hl7.org/CodeSystem/observation-category", "imaging", "Imaging"));
    observation.setCode(new CodeableConcept().setText("Fracture classification of a radiograph"));
    observation.setIssued(Date.from(result.getProcessedAt()));
    if (result.getDecision() == Decision.REFER) {
      observation.setDataAbsentReason(
          new CodeableConcept(
                  new Coding(
                      "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", null))
              .setText("Referred to a person: " + result.getReferReason()));
    } else {
      observation.setValue(label(result.getLabel()));
    }
    interpretation(result).ifPresent(observation::addInterpretation);
    String site = site(result);
    if (!site.isEmpty()) {
      observation.setBodySite(new CodeableConcept().setText(site));
    }
    observation.addNote(new Annotation().setText(NOTICE));
    observation.addContained(device(result));
    observation.setDevice(new Reference("#model"));
    observation.addDerivedFrom(imagingStudy(result));
    for (LabelProbability each : result.getProbabilities()) {
      observation
          .addComponent()
          .setCode(label(each.getLabel()))
          .setValue(
              new Quantity()
                  .setValue(
                      BigDecimal.valueOf(each.getProbability()).setScale(4, RoundingMode.HALF_UP))
                  .setSystem("http://unitsofmeasure.org")
                  .setCode("1"));
    }
    return observation;
  }

  /** Body part, side and view in DICOM's own terms, those that are known. */
  private static String site(ClassificationResult result) {
    return Stream.of(result.getBodyPart(), result.getLaterality(), result.getViewPosition())
        .filter(each -> each != null && !each.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static DiagnosticReport report(ClassificationResult result) {
    DiagnosticReport report = new DiagnosticReport();
    report.setId(result.getResultId());
    report.addIdentifier(identifier(result));
    order(result).ifPresent(report::addBasedOn);
    patient(result).ifPresent(report::setSubject);
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    report.addCategory(
        concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology"));
    report.setCode(concept("http://loinc.org", "18748-4", "Diagnostic imaging study"));
    report.setIssued(Date.from(result.getProcessedAt()));
    report.addResult(new Reference("Observation/" + result.getResultId()));
    report.addImagingStudy(imagingStudy(result));
    String words =
        result.getDecision() == Decision.REFER
            ? "Referred to a person: " + result.getReferReason() + "."
            : "The model sees: " + words(result.getLabel()) + ".";
    report.setConclusion(words + " " + NOTICE);
    return report;
  }

  /**
   * Never {@code N} beside a referral: a picture that was not answered is not said to be normal.
   */
  private static Optional<CodeableConcept> interpretation(ClassificationResult result) {
    String code =
        switch (result.getFinding()) {
          case NONE -> result.getDecision() == Decision.REFER ? "" : "N";
          case DOUBT -> "IND";
          case DEFINITE -> "A";
          case CRITICAL -> "AA";
          case UNKNOWN -> "";
        };
    return Optional.of(code)
        .filter(each -> !each.isEmpty())
        .map(each -> new CodeableConcept(new Coding(INTERPRETATION, each, null)));
  }

  /** The order that the result answers, where the event said its accession number. */
  private static Optional<Reference> order(ClassificationResult result) {
    return Optional.ofNullable(result.getAccessionNumber())
        .map(
            number ->
                new Identifier()
                    .setType(new CodeableConcept(new Coding(IDENTIFIER_TYPE, "ACSN", null)))
                    .setValue(number))
        .map(identifier -> new Reference().setType("ServiceRequest").setIdentifier(identifier));
  }

  /** Whose picture it is, by the pseudonym that the event said. */
  private static Optional<Reference> patient(ClassificationResult result) {
    return Optional.ofNullable(result.getPatientPseudonym())
        .map(
            pseudonym ->
                new Identifier().setSystem("urn:osteon:patient-pseudonym").setValue(pseudonym))
        .map(identifier -> new Reference().setType("Patient").setIdentifier(identifier));
  }

  private static Device device(ClassificationResult result) {
    Device device = new Device();
    device.setId("model");
    device
        .addIdentifier()
        .setSystem("urn:osteon:model-sha256")
        .setValue(result.getModel().getSha256());
    device
        .addDeviceName()
        .setName(result.getModel().getName())
        .setType(Device.DeviceNameType.MODELNAME);
    device.addVersion().setValue(result.getModel().getVersion());
    return device;
  }

  private static Identifier identifier(ClassificationResult result) {
    return new Identifier().setSystem("urn:osteon:result").setValue(result.getResultId());
  }

  private static Reference imagingStudy(ClassificationResult result) {
    return new Reference()
        .setType("ImagingStudy")
        .setIdentifier(
            new Identifier()
                .setSystem("urn:dicom:uid")
                .setValue("urn:oid:" + result.getStudyInstanceUid()));
  }

  private static CodeableConcept concept(String system, String code, String display) {
    return new CodeableConcept(new Coding(system, code, display)).setText(display);
  }

  private static CodeableConcept label(Label label) {
    return new CodeableConcept(new Coding(LABELS, label.name(), null)).setText(words(label));
  }

  /** What a person may read: never "healthy", which no picture can say. */
  private static String words(Label label) {
    return switch (label) {
      case HEALTHY -> "no fracture found";
      case FRACTURED -> "fracture";
      case BEYOND_REPAIR -> "complex fracture or non-union, urgent orthopaedic review";
      case UNKNOWN -> "unknown";
    };
  }
}
