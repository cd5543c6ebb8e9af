package org.osteon.deliver.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.osteon.deliver.destination.Delivery;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.LabelWords;

/** The resources beside the observation: who observed, what, in which report, and who must look. */
final class Resources {
  private Resources() {}

  /** The version that answered. */
  static ObjectNode device(Context context) {
    ClassificationResult result = context.result();
    ObjectNode device = Elements.resource("Device");
    device
        .putArray("identifier")
        .add(Elements.identifier(Context.MODEL, result.getModel().getSha256()));
    device.put("status", "active");
    device.put("manufacturer", "Osteon");
    device
        .putArray("deviceName")
        .addObject()
        .put("name", result.getModel().getName())
        .put("type", "model-name");
    device.set("type", Elements.text("Software that classifies radiographs"));
    device.putArray("version").addObject().put("value", result.getModel().getVersion());
    device.putArray("note").add(Elements.text("For research use only."));
    return device;
  }

  /** Just enough to be referred to, for servers that do not know the study yet. */
  static ObjectNode study(Context context) {
    ObjectNode study = Elements.resource("ImagingStudy");
    study.putArray("identifier").add(context.studyIdentifier());
    context.accession().ifPresent(study.withArray("identifier")::add);
    study.put("status", "available");
    String modality = context.result().getModality();
    if (modality != null && !modality.isEmpty()) {
      study
          .putArray("modality")
          .add(Elements.coding("http://dicom.nema.org/resources/ontology/DCM", modality, ""));
    }
    study.set("subject", context.subject().orElseThrow());
    context.day().ifPresent(day -> study.put("started", day));
    context.order().ifPresent(order -> study.putArray("basedOn").add(order));
    return study;
  }

  static ObjectNode report(Context context) {
    ClassificationResult result = context.result();
    ObjectNode report = Elements.resource("DiagnosticReport");
    report.putArray("identifier").add(Elements.identifier(Context.RESULT, result.getResultId()));
    context.order().ifPresent(order -> report.putArray("basedOn").add(order));
    report.put("status", "preliminary");
    report
        .putArray("category")
        .add(
            Elements.concept(
                "Radiology",
                Elements.coding(
                    "http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")));
    report.set(
        "code",
        Elements.concept(
            "Diagnostic imaging study",
            Elements.coding("http://loinc.org", "18748-4", "Diagnostic imaging study")));
    context.subject().ifPresent(subject -> report.set("subject", subject));
    context.day().ifPresent(day -> report.put("effectiveDateTime", day));
    report.put("issued", result.getProcessedAt().toString());
    report.putArray("result").add(Elements.reference(context.url("Observation")));
    report.putArray("imagingStudy").add(context.study());
    report.put("conclusion", words(result) + " " + Delivery.DISCLAIMER);
    if (result.getDecision() != Decision.REFER) {
      report.putArray("conclusionCode").add(ObservationResource.label(result.getLabel()));
    }
    return report;
  }

  /** Asks a person to look. That person changes its status, which is never written again. */
  static ObjectNode task(Context context) {
    ClassificationResult result = context.result();
    Finding finding = result.getFinding();
    ObjectNode task = Elements.resource("Task");
    task.putArray("identifier").add(Elements.identifier(Context.ALERT, context.alertId()));
    context.order().ifPresent(order -> task.putArray("basedOn").add(order));
    task.put("status", "requested");
    task.put("intent", "proposal");
    task.put(
        "priority",
        finding == Finding.CRITICAL ? "stat" : finding == Finding.DEFINITE ? "urgent" : "routine");
    task.set("code", Elements.text("Look at a radiograph"));
    task.put("description", words(result) + " " + Delivery.DISCLAIMER);
    task.set("focus", Elements.reference(context.url("DiagnosticReport")));
    context.subject().ifPresent(subject -> task.set("for", subject));
    task.put("authoredOn", result.getProcessedAt().toString());
    task.set("requester", Elements.reference(context.url("Device")));
    task.set("reasonReference", Elements.reference(context.url("Observation")));
    return task;
  }

  private static String words(ClassificationResult result) {
    return result.getDecision() == Decision.REFER
        ? "Referred to a person: " + result.getReferReason() + "."
        : "The model sees: " + LabelWords.of(result.getLabel()) + ".";
  }
}
