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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Truth;
import org.osteon.gateway.SiteNames;
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
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final int LONGEST_UID = 64;

  private final ReportMapping mapping;
  private final SiteNames names;
  private final Function<String, Set<String>> studies;
  private final Consumer<List<Truth>> sink;

  /**
   * @param studies that were answered, by accession number, both as results have them
   * @param sink returns when the brokers have them
   */
  FinalReports(
      ReportMapping mapping,
      SiteNames names,
      Function<String, Set<String>> studies,
      Consumer<List<Truth>> sink) {
    this.mapping = mapping;
    this.names = names;
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
      throw new HL7Exception("It is no ORU^R01 of this structure.", ErrorCode.UNSUPPORTED_MESSAGE_TYPE);
    }
    String ofTheMessage = uid(PreParser.getFields(text, "ZDS-1-1")[0]);
    Instant sent = Times.of(report.getMSH().getDateTimeOfMessage());
    List<Truth> truths = new ArrayList<>();
    boolean ordered = false;
    for (ORU_R01_PATIENT_RESULT patient : report.getPATIENT_RESULTAll()) {
      for (ORU_R01_ORDER_OBSERVATION order : patient.getORDER_OBSERVATIONAll()) {
        ReportedOrder read = ReportedOrder.of(order, mapping, sent);
        ordered |= read.isNamed() || !ofTheMessage.isEmpty();
        for (String study : studies(read, ofTheMessage)) {
          truths.add(read.truth(study, mapping.sawAnswer()));
        }
      }
    }
    if (!ordered) {
      throw new HL7Exception(
          "It names neither a study nor an order.", ErrorCode.REQUIRED_FIELD_MISSING);
    }
    sink.accept(truths);
    LOG.info("A report of {} studies that were answered was taken.", truths.size());
  }

  private Set<String> studies(ReportedOrder order, String ofTheMessage) {
    String uid = uid(order.study());
    uid = uid.isEmpty() ? ofTheMessage : uid;
    if (!uid.isEmpty()) {
      return Set.of(names.study(uid));
    }
    return order.accession().isEmpty()
        ? Set.of()
        : studies.apply(names.accession(order.accession()));
  }

  private static String uid(@Nullable String text) {
    return text != null && text.length() <= LONGEST_UID && UID.matcher(text.trim()).matches()
        ? text.trim()
        : "";
  }
}
