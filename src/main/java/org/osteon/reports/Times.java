package org.osteon.reports;

import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.primitive.CommonTS;
import ca.uhn.hl7v2.model.v251.datatype.TS;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** Times of HL7 v2; one without a zone is in this machine's. */
final class Times {
  private Times() {}

  /** Never in the future; now where there is none, or none that can be read. */
  static Instant of(TS time) {
    return of(time, Instant.now());
  }

  /** The same of a time that is text. */
  static Instant of(String time, Instant otherwise) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try {
      Instant at = time.isEmpty() ? otherwise : new CommonTS(time).getValueAsDate().toInstant();
      return (at.isAfter(now) ? now : at).truncatedTo(ChronoUnit.MILLIS);
    } catch (DataTypeException e) {
      return otherwise.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  static Instant of(TS time, Instant otherwise) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try {
      Date said = time.getTime().getValueAsDate();
      Instant at = said == null ? otherwise : said.toInstant();
      return (at.isAfter(now) ? now : at).truncatedTo(ChronoUnit.MILLIS);
    } catch (DataTypeException e) {
      return otherwise.truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
