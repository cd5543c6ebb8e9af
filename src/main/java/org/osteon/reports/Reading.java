package org.osteon.reports;

import org.osteon.event.Label;

/**
 * What a report says.
 *
 * @param label UNKNOWN where a person must read it
 * @param because a stable code of how it was read, without a word of the report
 */
record Reading(Label label, String because) {
  static Reading unsure(String because) {
    return new Reading(Label.UNKNOWN, because);
  }

  boolean sure() {
    return label != Label.UNKNOWN;
  }
}
