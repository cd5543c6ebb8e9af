package org.osteon.reports;

/** Orders of HL7 v2, with the name and the number of a patient. */
final class OrderMessages {
  private OrderMessages() {}

  static String orm(String id, String control, String accession, String priority, String reason) {
    String times = "1^once^^^^" + priority;
    return String.join(
        "\r",
        "MSH|^~\\&|RIS|H|OSTEON|O|20261127100000+0100||ORM^O01^ORM_O01|%s|P|2.3".formatted(id),
        "PID|1||4711^^^H||OTTO^ANNA",
        "ORC|%s|P-%s^RIS|F-%s||||%s".formatted(control, id, id, times),
        "OBR|1|P-%s^RIS||XR^Wrist^L||||||||||||||%s|||||||||%s||||%s"
            .formatted(id, accession, times, reason));
  }

  static String omi(String id, String accession, String study) {
    return String.join(
        "\r",
        "MSH|^~\\&|RIS|H|OSTEON|O|20261127100000+0100||OMI^O23^OMI_O23|%s|P|2.5.1".formatted(id),
        "PID|1||4711^^^H||OTTO^ANNA",
        "ORC|NW|P-%s|F-%s".formatted(id, id),
        "TQ1|1||||||||S^Stat^HL70485",
        "OBR|1|P-%s||XR^Wrist^L|||||||||||||||||||||||||||OTTO".formatted(id),
        "IPC|%s^RIS|RP1|%s^RIS|SPS1".formatted(accession, study));
  }
}
