package org.osteon.deliver.fhir;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.osteon.deliver.terms.Code;

/** Data types of FHIR R4 that resources are made of. */
final class Elements {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int PLACES = 4;

  private Elements() {}

  static ObjectNode resource(String type) {
    return JSON.objectNode().put("resourceType", type);
  }

  /**
   * @param system may be empty
   */
  static ObjectNode identifier(String system, String value) {
    ObjectNode identifier = JSON.objectNode();
    if (!system.isEmpty()) {
      identifier.put("system", system);
    }
    return identifier.put("value", value);
  }

  /** An identifier of a type of HL7's table 0203. */
  static ObjectNode identifier(String type, String system, String value) {
    ObjectNode identifier = identifier(system, value);
    identifier
        .putObject("type")
        .putArray("coding")
        .add(coding("http://terminology.hl7.org/CodeSystem/v2-0203", type, ""));
    return identifier;
  }

  /** To another entry of the same transaction. */
  static ObjectNode reference(String fullUrl) {
    return JSON.objectNode().put("reference", fullUrl);
  }

  /** To something that the server, or somebody else, knows by that. */
  static ObjectNode reference(String type, ObjectNode identifier) {
    ObjectNode reference = JSON.objectNode().put("type", type);
    reference.set("identifier", identifier);
    return reference;
  }

  /**
   * @param display may be empty
   */
  static ObjectNode coding(String system, String code, String display) {
    ObjectNode coding = JSON.objectNode().put("system", system).put("code", code);
    return display.isEmpty() ? coding : coding.put("display", display);
  }

  static ObjectNode text(String text) {
    return JSON.objectNode().put("text", text);
  }

  static ObjectNode concept(String text, ObjectNode... codings) {
    ObjectNode concept = JSON.objectNode();
    for (ObjectNode each : codings) {
      concept.withArray("coding").add(each);
    }
    return concept.put("text", text);
  }

  /** Of SNOMED CT; without its display, which differs from the meaning that DICOM gives it. */
  static ObjectNode snomed(Code code) {
    return coding("http://snomed.info/sct", code.value(), "");
  }

  static ObjectNode share(double probability) {
    return JSON.objectNode()
        .put("value", BigDecimal.valueOf(probability).setScale(PLACES, RoundingMode.HALF_UP))
        .put("system", "http://unitsofmeasure.org")
        .put("code", "1");
  }
}
