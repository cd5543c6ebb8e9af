package org.osteon.reports;

import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_PATIENT_RESULT;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.preparser.PreParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Truth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ORU^R01: what was reported of a study becomes a truth, by its pseudonym. What a person must read
 * becomes one without a label: it counts for nothing, and says that the report is there.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class FinalReports implements MessageHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FinalReports.class);

  private final ReportMapping mapping;
  private final AnsweredStudies studies;
  private final TruthSink sink;

  FinalReports(ReportMapping mapping, AnsweredStudies studies, TruthSink sink) {
    this.mapping = mapping;
    this.studies = studies;
    this.sink = sink;
  }

  @Override
  public String type() {
    return "ORU^R01";
  }

  @Override
  public void handle(Message message, String text) throws HL7Exception {
    if (!(message instanceof ORU_R01 report)) {
      throw new HL7Exception(
          "It is no ORU^R01 of this structure.", ErrorCode.UNSUPPORTED_MESSAGE_TYPE);
    }
    String ofTheMessage = uid(PreParser.getFields(text, "ZDS-1-1")[0]);
    Instant sent = Times.of(report.getMSH().getDateTimeOfMessage());
    List<Truth> truths = new ArrayList<>();
    boolean named = false;
    for (ORU_R01_PATIENT_RESULT patient : report.getPATIENT_RESULTAll()) {
      for (ORU_R01_ORDER_OBSERVATION each : patient.getORDER_OBSERVATIONAll()) {
        ReportedOrder order = ReportedOrder.of(each, mapping, sent).orOfStudy(ofTheMessage);
        named |= order.isNamed();
        truths.addAll(studies.truths(order, mapping.sawAnswer()));
      }
    }
    if (!named) {
      throw new HL7Exception(
          "It names neither a study nor an order.", ErrorCode.REQUIRED_FIELD_MISSING);
    }
    sink.publish(truths);
    LOG.info("A report was taken: {} truths.", truths.size());
  }

  private static String uid(@Nullable String text) {
    return text == null ? "" : AnsweredStudies.uid(text);
  }
}
