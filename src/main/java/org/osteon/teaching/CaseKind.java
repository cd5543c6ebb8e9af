package org.osteon.teaching;

import org.osteon.event.Finding;
import org.osteon.event.Label;

/** How an answer stands to what was found. */
public enum CaseKind {
  /** Something was found, and the answer was that there is nothing. */
  MISSED,
  /** A finding where there is none, or of the wrong severity. */
  MISREAD,
  /** The answer was a doubt. */
  DOUBTED,
  /** Neither. */
  RIGHT;

  /**
   * @param finding what was answered, not UNKNOWN
   * @param found what was found, not UNKNOWN
   */
  static CaseKind of(Finding finding, Label found) {
    return switch (finding) {
      case NONE, UNKNOWN -> found == Label.HEALTHY ? RIGHT : MISSED;
      case DOUBT -> DOUBTED;
      case DEFINITE -> found == Label.FRACTURED ? RIGHT : MISREAD;
      case CRITICAL -> found == Label.BEYOND_REPAIR ? RIGHT : MISREAD;
    };
  }
}
