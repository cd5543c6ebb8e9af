package org.osteon.deliver.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.fhir.FhirSettings.Naming;

/**
 * A result as one transaction that can be sent any number of times. What is ours is updated by its
 * identifier; what others may have, or have worked on since, the study and the task, is only
 * created where it is not there.
 */
final class ResultBundle {
  private ResultBundle() {}

  /** Entries in the order in which they refer to each other, last first. */
  static ObjectNode of(Delivery delivery, Naming naming) {
    Context context = new Context(delivery, naming);
    ObjectNode bundle = Elements.resource("Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    updated(
        entries,
        context.url("Device"),
        Resources.device(context),
        Context.MODEL,
        context.result().getModel().getSha256());
    if (context.hasStudy()) {
      created(
          entries,
          context.url("ImagingStudy"),
          Resources.study(context),
          Context.DICOM,
          context.studyIdentifier().get("value").asText());
    }
    String id = context.result().getResultId();
    updated(
        entries, context.url("Observation"), ObservationResource.of(context), Context.RESULT, id);
    updated(
        entries, context.url("DiagnosticReport"), Resources.report(context), Context.RESULT, id);
    if (context.hasTask()) {
      created(
          entries, context.url("Task"), Resources.task(context), Context.ALERT, context.alertId());
    }
    return bundle;
  }

  private static void updated(
      ArrayNode entries, String url, ObjectNode resource, String system, String value) {
    ObjectNode request = entry(entries, url, resource);
    request.put("method", "PUT");
    request.put("url", resource.get("resourceType").asText() + "?" + query(system, value));
  }

  private static void created(
      ArrayNode entries, String url, ObjectNode resource, String system, String value) {
    ObjectNode request = entry(entries, url, resource);
    request.put("method", "POST");
    request.put("url", resource.get("resourceType").asText());
    request.put("ifNoneExist", query(system, value));
  }

  private static ObjectNode entry(ArrayNode entries, String url, ObjectNode resource) {
    ObjectNode entry = entries.addObject().put("fullUrl", url);
    entry.set("resource", resource);
    return entry.putObject("request");
  }

  private static String query(String system, String value) {
    return "identifier=" + URLEncoder.encode(system + "|" + value, StandardCharsets.UTF_8);
  }
}
