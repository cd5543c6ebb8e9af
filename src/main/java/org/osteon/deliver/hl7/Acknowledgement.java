package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.preparser.PreParser;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;

/**
 * What a receiver answered: MSA and the first ERR, of any version of HL7 v2.
 *
 * @param code MSA-1 (table 0008), or empty where there is none
 * @param controlId MSA-2: which message it is about, or empty
 * @param words what it said beside that
 */
record Acknowledgement(String code, String controlId, String words) {
  /** Code, id, and then wherever a version or a maker puts its words. */
  private static final String[] FIELDS = {
    "MSA-1", "MSA-2", "MSA-3", "ERR-1-4-1", "ERR-3-1", "ERR-3-2", "ERR-3-9", "ERR-7", "ERR-8"
  };

  static Acknowledgement read(String message) {
    try {
      String[] fields = PreParser.getFields(message, FIELDS);
      String words =
          Stream.of(fields)
              .skip(2)
              .filter(each -> each != null && !each.isBlank())
              .distinct()
              .collect(Collectors.joining(", "));
      return new Acknowledgement(text(fields[0]), text(fields[1]), words);
    } catch (HL7Exception e) {
      return new Acknowledgement("", "", "");
    }
  }

  /** Whether it is about that message; receivers that do not say are believed. */
  boolean isOf(String message) {
    return controlId.isEmpty() || controlId.equals(message);
  }

  /** How the sending ended, in the modes of both chapters: original, and enhanced. */
  Outcome outcome() {
    String said = words.isEmpty() ? code : code + ": " + words;
    return switch (code) {
      case "AA", "CA" -> new Outcome.Delivered();
      case "AE", "CE" -> new Outcome.NotNow(said);
      case "AR", "CR" -> new Outcome.Refused(Reasons.REFUSED, said);
      default -> new Outcome.NotNow("The answer is no acknowledgement.");
    };
  }

  private static String text(String field) {
    return field == null ? "" : field.trim();
  }
}
