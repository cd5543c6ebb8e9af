package org.osteon.reports;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Location;
import ca.uhn.hl7v2.model.DelegatingMessageVisitor;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.MessageVisitorSupport;
import ca.uhn.hl7v2.model.MessageVisitors;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.util.Terser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One ORC with the segments up to the next: an order as the message has it, whatever groups the
 * sender puts them into (ORM^O01 and OMI^O23 differ, and ZDS is of no standard).
 */
final class PlacedOrder {
  /** Table 0119: cancelled or discontinued, asked for or said. */
  private static final Set<String> ENDS = Set.of("CA", "CR", "DC", "DR", "OC", "OD");

  /** A code of a known system has a digit; a name that someone typed into the field has none. */
  private static final Pattern CODE = Pattern.compile("(?=.*[0-9])[A-Za-z0-9.:-]{1,32}");

  private static final Pattern SYSTEM = Pattern.compile("[A-Za-z0-9.:/_-]{1,32}");
  private static final int LONGEST = 64;

  /** What every system can send back: letters of ASCII, no separator. */
  private static final Pattern NUMBER = Pattern.compile("[\\x21-\\x7e&&[^|^~\\\\&]]{1,64}");

  private final List<Segment> segments = new ArrayList<>();

  private PlacedOrder(Segment common) {
    segments.add(common);
  }

  /** All orders of a message, in their order; none where it has no ORC. */
  static List<PlacedOrder> of(Message message) throws HL7Exception {
    List<PlacedOrder> orders = new ArrayList<>();
    MessageVisitors.visit(
        message,
        MessageVisitors.visitPopulatedElements(
            new DelegatingMessageVisitor(new MessageVisitorSupport()) {
              @Override
              public boolean start(Segment segment, Location location) {
                if (segment.getName().equals("ORC")) {
                  orders.add(new PlacedOrder(segment));
                } else if (!orders.isEmpty()) {
                  orders.get(orders.size() - 1).segments.add(segment);
                }
                return false;
              }
            }));
    return orders;
  }

  /** The placer's number, else the filler's; empty where there is none. */
  String number() throws HL7Exception {
    return first("ORC-2", "OBR-2", "ORC-3", "OBR-3");
  }

  /** ORC-2, else OBR-2: number, and whose it is behind a caret; empty where there is none. */
  String placer() throws HL7Exception {
    return entity("ORC", "OBR", 2);
  }

  /** ORC-3, else OBR-3, in the same way. */
  String filler() throws HL7Exception {
    return entity("ORC", "OBR", 3);
  }

  private String entity(String first, String second, int field) throws HL7Exception {
    for (String segment : List.of(first, second)) {
      String number = value(segment, field, 1);
      String whose = value(segment, field, 2);
      if (NUMBER.matcher(number).matches()) {
        return NUMBER.matcher(whose).matches() ? number + "^" + whose : number;
      }
    }
    return "";
  }

  /** IPC-1, else what the mapping names; empty where there is none. */
  String accession(ReportMapping mapping) throws HL7Exception {
    String planned = first("IPC-1");
    return planned.isEmpty() ? first(mapping.accession().toArray(String[]::new)) : planned;
  }

  /** IPC-3 or ZDS-1; empty where neither holds a UID. */
  String study() throws HL7Exception {
    return AnsweredStudies.uid(first("IPC-3", "ZDS-1"));
  }

  /** Whether any of TQ1-9, ORC-7.6, OBR-27.6 and OBR-5 is a priority that counts as STAT. */
  boolean stat(ReportMapping mapping) throws HL7Exception {
    for (String said :
        List.of(value("TQ1", 9, 1), value("ORC", 7, 6), value("OBR", 27, 6), value("OBR", 5, 1))) {
      if (mapping.stat().contains(said.toUpperCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is taken back. */
  boolean ends() throws HL7Exception {
    return ENDS.contains(value("ORC", 1, 1)) || ENDS.contains(value("ORC", 5, 1));
  }

  /** When it was said, as text; empty where it is not. */
  String time() throws HL7Exception {
    return value("ORC", 9, 1);
  }

  /** {@code SYSTEM|CODE} of OBR-31, else of DG1-3; null where there is no code of a system. */
  @Nullable String reason() throws HL7Exception {
    String ordered = code("OBR", 31);
    return ordered == null ? code("DG1", 3) : ordered;
  }

  private @Nullable String code(String segment, int field) throws HL7Exception {
    String code = value(segment, field, 1);
    String system = value(segment, field, 3);
    return CODE.matcher(code).matches() && SYSTEM.matcher(system).matches()
        ? system + "|" + code
        : null;
  }

  /** The first of those fields that holds anything, its first component. */
  private String first(String... fields) throws HL7Exception {
    for (String field : fields) {
      int dash = field.indexOf('-');
      String found =
          value(field.substring(0, dash), Integer.parseInt(field.substring(dash + 1)), 1);
      if (!found.isEmpty() && found.length() <= LONGEST) {
        return found;
      }
    }
    return "";
  }

  private String value(String name, int field, int component) throws HL7Exception {
    for (Segment each : segments) {
      if (each.getName().equals(name)) {
        String value = Terser.get(each, field, 0, component, 1);
        if (value != null && !value.isBlank() && !value.equals("\"\"")) {
          return value.trim();
        }
      }
    }
    return "";
  }
}
