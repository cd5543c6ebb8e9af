package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.CWE;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.datatype.TX;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.terms.Code;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;
import org.osteon.event.ModelRef;

/** The OBX segments of one result, in the codes that its DICOM report has. */
final class Observations {
  private static final Code STUDY = Code.dcm("110180", "Study Instance UID");
  private static final Code IMAGE = new Code("IMAGE", Code.OURS, "SOP Instance UID");
  private static final Code NAME = Code.dcm("111001", "Algorithm Name");
  private static final Code VERSION = Code.dcm("111003", "Algorithm Version");
  private static final Code DECISION = new Code("DECISION", Code.OURS, "Decision");
  private static final Code IMPRESSION = Code.dcm("121073", "Impression");

  private final ORU_R01 message;
  private final ORU_R01_ORDER_OBSERVATION order;
  private final Delivery delivery;
  private final ClassificationResult result;
  private int number;

  Observations(ORU_R01 message, ORU_R01_ORDER_OBSERVATION order, Delivery delivery) {
    this.message = message;
    this.order = order;
    this.delivery = delivery;
    this.result = delivery.result();
  }

  void add() throws HL7Exception {
    boolean referred = result.getDecision() == Decision.REFER;
    next(Code.STEP, "CWE", coded(Code.of(result.getFinding())))
        .getAbnormalFlags(0)
        .setValue(referred ? "" : flag());
    next(
        DECISION,
        "CWE",
        coded(
            referred
                ? new Code("REFER", Code.OURS, "Referred to a person: " + result.getReferReason())
                : new Code("REPORT", Code.OURS, "Answered")));
    if (!referred) {
      next(Code.FINDING, "CWE", coded(Code.of(result.getLabel())));
    }
    site();
    share(Code.ANYTHING_WRONG, result.getAbnormalProbability());
    for (LabelProbability each : result.getProbabilities()) {
      if (each.getLabel() == Label.BEYOND_REPAIR) {
        share(Code.URGENT, each.getProbability());
      }
    }
    share(Code.CERTAINTY, result.getConfidence());
    next(NAME, "ST", text(result.getModel().getName()));
    next(VERSION, "ST", text(result.getModel().getVersion()));
    next(STUDY, "ST", text(delivery.original().studyUid()));
    if (!delivery.original().instanceUid().isEmpty()) {
      next(IMAGE, "ST", text(delivery.original().instanceUid()));
    }
    TX words = new TX(message);
    words.setValue(
        referred
            ? "Referred to a person: " + result.getReferReason() + "."
            : "The model sees: " + LabelWords.of(result.getLabel()) + ".");
    next(IMPRESSION, "TX", words);
  }

  private void site() throws HL7Exception {
    String part = Objects.requireNonNullElse(result.getBodyPart(), "");
    String side = Objects.requireNonNullElse(result.getLaterality(), "");
    if (Code.site(part).isPresent()) {
      next(Code.FINDING_SITE, "CWE", coded(Code.site(part).get()));
    }
    if (Code.side(side).isPresent()) {
      next(Code.LATERALITY, "CWE", coded(Code.side(side).get()));
    }
  }

  /** Table 0078; a doubt has none there. */
  private String flag() {
    return switch (result.getFinding()) {
      case NONE -> "N";
      case DEFINITE -> "A";
      case CRITICAL -> "AA";
      case DOUBT, UNKNOWN -> "";
    };
  }

  private void share(Code name, double probability) throws HL7Exception {
    NM value = new NM(message);
    value.setValue(
        BigDecimal.valueOf(probability * 100).setScale(2, RoundingMode.HALF_UP).toPlainString());
    code(next(name, "NM", value).getUnits(), Code.PERCENT);
  }

  private OBX next(Code name, String type, Type value) throws HL7Exception {
    OBX obx = order.getOBSERVATION(number).getOBX();
    number++;
    obx.getSetIDOBX().setValue(Integer.toString(number));
    obx.getValueType().setValue(type);
    code(obx.getObservationIdentifier(), name);
    // What two images of one order say stands side by side, and neither replaces the other.
    obx.getObservationSubID().setValue(ResultMessages.controlId(result));
    obx.getObservationValue(0).setData(value);
    obx.getObservationResultStatus().setValue("P");
    obx.getDateTimeOfTheAnalysis()
        .getTime()
        .setValue(ResultMessages.stamp(result.getProcessedAt()));
    ModelRef model = result.getModel();
    obx.getEquipmentInstanceIdentifier(0).getEntityIdentifier().setValue(model.getSha256());
    obx.getEquipmentInstanceIdentifier(0)
        .getNamespaceID()
        .setValue(model.getName() + " " + model.getVersion());
    return obx;
  }

  private static void code(CE element, Code code) throws HL7Exception {
    element.getIdentifier().setValue(code.value());
    element.getText().setValue(code.meaning());
    element.getNameOfCodingSystem().setValue(code.scheme());
  }

  private CWE coded(Code code) throws HL7Exception {
    CWE element = new CWE(message);
    element.getIdentifier().setValue(code.value());
    element.getText().setValue(code.meaning());
    element.getNameOfCodingSystem().setValue(code.scheme());
    return element;
  }

  private ST text(String value) throws HL7Exception {
    ST text = new ST(message);
    text.setValue(value);
    return text;
  }
}
