package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.EI;
import ca.uhn.hl7v2.model.v251.datatype.XPN;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_PATIENT_RESULT;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.ORC;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.parser.Parser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osteon.deliver.destination.Delivery;
import org.osteon.digest.Sha256;
import org.osteon.event.ClassificationResult;
import org.osteon.identity.Original;

/**
 * Results as ORU^R01 of HL7 2.5.1. A message is a function of the result, its owner and the
 * configuration: sent twice it is the same bytes, with the same control id.
 *
 * <p><b>Threading.</b> One thread.
 */
final class ResultMessages {
  /** MSH-10 takes so many characters. */
  private static final int CONTROL_ID = 20;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Hl7Settings settings;
  private final Hl7Settings.Header header;
  private final Parser parser;

  ResultMessages(Hl7Settings settings) {
    this.settings = settings;
    this.header = settings.header();
    this.parser = new DefaultHapiContext().getPipeParser();
  }

  /** MSH-10 of the result's message: 80 bits of a digest of its id. */
  static String controlId(ClassificationResult result) {
    return Sha256.of(result.getResultId().getBytes(StandardCharsets.UTF_8))
        .substring(0, CONTROL_ID);
  }

  /** When something was, to the millisecond and with its zone. */
  static String stamp(Instant when) {
    return STAMP.format(when) + "+0000";
  }

  /**
   * @throws HL7Exception a value of it has no place in a message
   */
  String of(Delivery delivery) throws HL7Exception {
    ORU_R01 message = new ORU_R01();
    header(message.getMSH(), delivery.result());
    ORU_R01_PATIENT_RESULT patient = message.getPATIENT_RESULT();
    patient(patient.getPATIENT().getPID(), delivery);
    ORU_R01_ORDER_OBSERVATION order = patient.getORDER_OBSERVATION();
    order(order.getOBR(), delivery);
    numbers(order, delivery.original());
    order.getNTE().getNte1_SetIDNTE().setValue("1");
    order.getNTE().getNte2_SourceOfComment().setValue("L");
    order.getNTE().insertComment(0).setValue(Delivery.DISCLAIMER);
    new Observations(message, order, delivery).add();
    return parser.encode(message);
  }

  private void header(MSH msh, ClassificationResult result) throws HL7Exception {
    msh.getFieldSeparator().setValue("|");
    msh.getEncodingCharacters().setValue("^~\\&");
    msh.getSendingApplication().getNamespaceID().setValue(header.application());
    msh.getSendingFacility()
        .getNamespaceID()
        .setValue(header.facility().isEmpty() ? result.getFacility() : header.facility());
    msh.getReceivingApplication().getNamespaceID().setValue(header.toApplication());
    msh.getReceivingFacility().getNamespaceID().setValue(header.toFacility());
    msh.getDateTimeOfMessage().getTime().setValue(stamp(result.getProcessedAt()));
    msh.getMessageType().getMessageCode().setValue("ORU");
    msh.getMessageType().getTriggerEvent().setValue("R01");
    msh.getMessageType().getMessageStructure().setValue("ORU_R01");
    msh.getMessageControlID().setValue(controlId(result));
    msh.getProcessingID().getProcessingID().setValue(header.processing());
    msh.getVersionID().getVersionID().setValue("2.5.1");
    msh.getCharacterSet(0).setValue(settings.charsetName());
  }

  private static void patient(PID pid, Delivery delivery) throws HL7Exception {
    Original original = delivery.original();
    String number = original.text(Original.PATIENT_ID);
    String pseudonym = delivery.result().getPatientPseudonym();
    pid.getSetIDPID().setValue("1");
    pid.getPatientIdentifierList(0).getIDNumber().setValue(number);
    if (!number.isEmpty()) {
      pid.getPatientIdentifierList(0)
          .getAssigningAuthority()
          .getNamespaceID()
          .setValue(original.text(Original.ISSUER_OF_PATIENT_ID));
      // Without identities it is what the publisher calls the patient, and no record number.
      pid.getPatientIdentifierList(0)
          .getIdentifierTypeCode()
          .setValue(number.equals(pseudonym) ? "PI" : "MR");
    }
    name(pid.getPatientName(0), original.text(Original.PATIENT_NAME));
    String born = original.of(Original.BIRTH_DATE).trim();
    if (born.matches("\\d{8}")) {
      pid.getDateTimeOfBirth().getTime().setValue(born);
    }
    String sex = original.of(Original.SEX).trim();
    pid.getAdministrativeSex().setValue(sex.matches("[MFO]") ? sex : "U");
  }

  /** DICOM's name (PS3.5 section 6.2.1.1): its first group; prefix and suffix change places. */
  private static void name(XPN name, String dicom) throws HL7Exception {
    String[] parts = dicom.split("=", 2)[0].split("\\^", -1);
    if (dicom.isBlank()) {
      name.getNameTypeCode().setValue("S");
      return;
    }
    name.getFamilyName().getSurname().setValue(part(parts, 0));
    name.getGivenName().setValue(part(parts, 1));
    name.getSecondAndFurtherGivenNamesOrInitialsThereof().setValue(part(parts, 2));
    name.getPrefixEgDR().setValue(part(parts, 3));
    name.getSuffixEgJRorIII().setValue(part(parts, 4));
    name.getNameTypeCode().setValue("L");
  }

  private static String part(String[] parts, int n) {
    return n < parts.length ? parts[n].trim() : "";
  }

  private void order(OBR obr, Delivery delivery) throws HL7Exception {
    ClassificationResult result = delivery.result();
    String accession = delivery.original().text(Original.ACCESSION_NUMBER).trim();
    obr.getSetIDOBR().setValue("1");
    // The order that the image answers; what has none gets a number of ours, which OBR needs.
    obr.getFillerOrderNumber()
        .getEntityIdentifier()
        .setValue(accession.isEmpty() ? controlId(result) : accession);
    if (accession.isEmpty()) {
      obr.getFillerOrderNumber().getNamespaceID().setValue("OSTEON");
    }
    obr.getPlacerField1().setValue(accession);
    CE service = obr.getUniversalServiceIdentifier();
    String[] parts = header.service().split("\\^", 3);
    service.getIdentifier().setValue(parts[0]);
    service.getText().setValue(parts[1]);
    service.getNameOfCodingSystem().setValue(parts[2]);
    obr.getObservationDateTime().getTime().setValue(taken(delivery));
    obr.getResultsRptStatusChngDateTime().getTime().setValue(stamp(result.getProcessedAt()));
    obr.getDiagnosticServSectID().setValue("RAD");
    obr.getResultStatus().setValue("P");
  }

  /** The order's own numbers, where they are known: OBR-2 and 3, and the same in ORC. */
  private void numbers(ORU_R01_ORDER_OBSERVATION order, Original original) throws HL7Exception {
    String placer = original.of(Original.PLACER_ORDER_NUMBER);
    String filler = original.of(Original.FILLER_ORDER_NUMBER);
    boolean filled = header.order().equals("both") && !filler.isEmpty();
    if (header.order().equals("off") || (placer.isEmpty() && !filled)) {
      return;
    }
    OBR obr = order.getOBR();
    entity(obr.getPlacerOrderNumber(), placer);
    if (filled) {
      entity(obr.getFillerOrderNumber(), filler);
    }
    ORC orc = order.getORC();
    orc.getOrderControl().setValue("RE");
    entity(orc.getPlacerOrderNumber(), placer);
    entity(orc.getFillerOrderNumber(), obr.getFillerOrderNumber().encode());
  }

  private static void entity(EI field, String number) throws HL7Exception {
    String[] parts = number.split("\\^", -1);
    field.getEntityIdentifier().setValue(parts[0]);
    field.getNamespaceID().setValue(part(parts, 1));
  }

  /** When the study was made, in the hospital's own time; else when the answer was. */
  private static String taken(Delivery delivery) {
    String date = delivery.original().of(Original.STUDY_DATE).trim();
    String time = delivery.original().of(Original.STUDY_TIME).trim();
    if (!date.matches("\\d{8}")) {
      return stamp(delivery.result().getProcessedAt());
    }
    return time.matches("\\d{6}.*") ? date + time.substring(0, 6) : date;
  }
}
