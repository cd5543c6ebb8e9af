package org.osteon.reports;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Composite;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.truth.TruthIds;

/**
 * One OBR with its OBX: which order, what is said, and how much it is worth.
 *
 * @param study UID as the message has it; empty where it has none
 * @param accession number as the message has it; empty where it has none
 * @param reading of codes, else of words
 * @param status by OBR-25, else by OBX-11
 * @param saidAt OBR-22, else the message's time
 */
record ReportedOrder(
    String study, String accession, Reading reading, TruthStatus status, Instant saidAt) {
  private static final Set<String> TEXTS = Set.of("TX", "FT", "ST");
  private static final Set<String> CODES = Set.of("CE", "CWE", "CNE", "CF");

  /** What the observations say, as they are gone through. */
  private static final class Said {
    private final List<Label> codes = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private String study = "";
    private String status = "";
  }

  static ReportedOrder of(ORU_R01_ORDER_OBSERVATION order, ReportMapping mapping, Instant sent)
      throws HL7Exception {
    OBR obr = order.getOBR();
    Said said = new Said();
    for (ORU_R01_OBSERVATION each : order.getOBSERVATIONAll()) {
      hear(each.getOBX(), mapping, said);
    }
    String status = text(obr.getResultStatus().getValue());
    return new ReportedOrder(
        AnsweredStudies.uid(said.study),
        accession(obr, mapping.accession()),
        reading(said.codes, said.words.toString(), mapping.words()),
        status(status.isEmpty() ? said.status : status),
        Times.of(obr.getResultsRptStatusChngDateTime(), sent));
  }

  /** The same of a study that the message names elsewhere, where it names none itself. */
  ReportedOrder orOfStudy(String uid) {
    return study.isEmpty() ? new ReportedOrder(uid, accession, reading, status, saidAt) : this;
  }

  /** Whether it says which study or order it is of. */
  boolean isNamed() {
    return !study.isEmpty() || !accession.isEmpty();
  }

  /**
   * @param name of the study, as events have it
   */
  Truth truth(String name, @Nullable Boolean sawAnswer) {
    return truth(name, null, sawAnswer);
  }

  /**
   * The same of whichever studies the order has.
   *
   * @param name of the accession number, as events have it
   */
  Truth ofTheOrder(String name, @Nullable Boolean sawAnswer) {
    return truth("", name, sawAnswer);
  }

  private Truth truth(String name, @Nullable String order, @Nullable Boolean sawAnswer) {
    Truth truth =
        Truth.newBuilder()
            .setTruthId("")
            .setStudyInstanceUid(name)
            .setAccessionNumber(order)
            .setLabel(reading.label())
            .setRole(TruthRole.REPORT)
            .setStatus(status)
            .setSawAnswer(sawAnswer)
            .setSaidAt(saidAt)
            .setPublishedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    truth.setTruthId(TruthIds.of(truth));
    return truth;
  }

  private static void hear(OBX obx, ReportMapping mapping, Said said) throws HL7Exception {
    String type = text(obx.getValueType().getValue());
    String name = text(obx.getObservationIdentifier().getIdentifier().getValue());
    for (Varies each : obx.getObservationValue()) {
      if (mapping.studies().contains(name)) {
        said.study = text(each.encode());
      } else if (CODES.contains(type)) {
        Label label = mapping.codes().get(code(each.getData()));
        if (label != null) {
          said.codes.add(label);
        }
      } else if (TEXTS.contains(type)) {
        said.words.append(plain(text(each.getData().toString()))).append('\n');
        said.status =
            said.status.isEmpty() ? text(obx.getObservationResultStatus().getValue()) : said.status;
      }
    }
  }

  /** {@code SYSTEM|CODE} of a coded value: its first and third component. */
  private static String code(Type type) throws HL7Exception {
    if (!(type instanceof Composite coded) || coded.getComponents().length < 3) {
      return "";
    }
    return (text(coded.getComponent(2).encode()) + "|" + text(coded.getComponent(0).encode()))
        .toUpperCase(Locale.ROOT);
  }

  /** Codes say it; among several the worst. One that a person must read leaves it to the person. */
  static Reading reading(List<Label> codes, String text, boolean words) {
    if (codes.contains(Label.UNKNOWN)) {
      return Reading.unsure("CODE");
    }
    if (!codes.isEmpty()) {
      return new Reading(codes.stream().max(Label::compareTo).orElseThrow(), "CODE");
    }
    return words ? ReportWords.read(text) : Reading.unsure("NOTHING_SAID");
  }

  /** Tables 0123 and 0085. What is not said to be final is not. */
  private static TruthStatus status(String code) {
    return switch (code) {
      case "F" -> TruthStatus.FINAL;
      case "C" -> TruthStatus.CORRECTED;
      case "X", "W", "D" -> TruthStatus.WITHDRAWN;
      default -> TruthStatus.PRELIMINARY;
    };
  }

  private static String accession(OBR obr, List<String> from) throws HL7Exception {
    for (String field : from) {
      Type[] values = obr.getField(Integer.parseInt(field.substring(4)));
      if (values.length > 0) {
        Type first = values[0];
        String number =
            text(
                first instanceof Composite parts ? parts.getComponent(0).encode() : first.encode());
        if (!number.isEmpty()) {
          return number;
        }
      }
    }
    return "";
  }

  /** Line breaks of formatted text (FT), whether HAPI has unescaped them or not. */
  private static String plain(String text) {
    return text.replaceAll("\\\\\\.(br|sp)\\\\", "\n").replace("\r", "\n");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.trim();
  }
}
