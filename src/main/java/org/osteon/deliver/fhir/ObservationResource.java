package org.osteon.deliver.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.terms.Code;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;

/** What the model sees in one image. What was referred has no value but the reason why. */
final class ObservationResource {
  private static final String LABELS = "urn:osteon:label";

  private ObservationResource() {}

  static ObjectNode of(Context context) {
    ClassificationResult result = context.result();
    ObjectNode observation = Elements.resource("Observation");
    observation
        .putArray("identifier")
        .add(Elements.identifier(Context.RESULT, result.getResultId()));
    context.order().ifPresent(order -> observation.putArray("basedOn").add(order));
    observation.put("status", "preliminary");
    observation
        .putArray("category")
        .add(
            Elements.concept(
                "Imaging",
                Elements.coding(
                    "http://terminology.hl7.org/CodeSystem/observation-category",
                    "imaging",
                    "Imaging")));
    observation.set("code", Elements.text("Fracture classification of a radiograph"));
    context.subject().ifPresent(subject -> observation.set("subject", subject));
    context.day().ifPresent(day -> observation.put("effectiveDateTime", day));
    observation.put("issued", result.getProcessedAt().toString());
    if (result.getDecision() == Decision.REFER) {
      observation.set(
          "dataAbsentReason",
          Elements.concept(
              "Referred to a person: " + result.getReferReason(),
              Elements.coding(
                  "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "")));
    } else {
      observation.set("valueCodeableConcept", label(result.getLabel()));
    }
    interpretation(result)
        .ifPresent(code -> observation.putArray("interpretation").add(concept(code)));
    observation.putArray("note").add(Elements.text(Delivery.DISCLAIMER));
    site(result).ifPresent(site -> observation.set("bodySite", site));
    observation.set("device", Elements.reference(context.url("Device")));
    observation.putArray("derivedFrom").add(context.study());
    for (LabelProbability each : result.getProbabilities()) {
      ObjectNode component = observation.withArray("component").addObject();
      component.set("code", label(each.getLabel()));
      component.set("valueQuantity", Elements.share(each.getProbability()));
    }
    return observation;
  }

  /** Ours, and SNOMED CT's where it has the concept. */
  static ObjectNode label(Label label) {
    String words = LabelWords.of(label);
    ObjectNode ours = Elements.coding(LABELS, label.name(), words);
    Code code = Code.of(label);
    return code.scheme().equals(Code.SCT)
        ? Elements.concept(words, ours, Elements.snomed(code))
        : Elements.concept(words, ours);
  }

  /** Body part, side and view in DICOM's own terms, and the part as a code where it is known. */
  private static Optional<ObjectNode> site(ClassificationResult result) {
    String words =
        Stream.of(result.getBodyPart(), result.getLaterality(), result.getViewPosition())
            .filter(each -> each != null && !each.isEmpty())
            .collect(Collectors.joining(" "));
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String part = result.getBodyPart() == null ? "" : result.getBodyPart();
    return Optional.of(
        Code.site(part)
            .map(code -> Elements.concept(words, Elements.snomed(code)))
            .orElseGet(() -> Elements.text(words)));
  }

  /** Never {@code N} beside a referral: what was not answered is not said to be normal. */
  private static Optional<String> interpretation(ClassificationResult result) {
    return Optional.ofNullable(
        switch (result.getFinding()) {
          case NONE -> result.getDecision() == Decision.REFER ? null : "N";
          case DOUBT -> "IND";
          case DEFINITE -> "A";
          case CRITICAL -> "AA";
          case UNKNOWN -> null;
        });
  }

  private static ObjectNode concept(String interpretation) {
    ObjectNode concept = Elements.JSON.objectNode();
    concept
        .putArray("coding")
        .add(
            Elements.coding(
                "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
                interpretation,
                ""));
    return concept;
  }
}
