package org.osteon.dataset.figure;

import java.util.List;
import org.osteon.dataset.Sample;

/**
 * One picture of a contact sheet.
 *
 * @param sample what it is
 * @param pixels {@code uint8 [SIDE, SIDE]}, letterboxed
 * @param answer what a model says of it, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // read only here
record LabelledPicture(Sample sample, byte[] pixels, String answer) {
  /** Rows and columns, in pixels. */
  static final int SIDE = 192;

  /** Up to three short lines for below it. */
  List<String> caption() {
    String name = sample.file().substring(sample.file().lastIndexOf('/') + 1);
    String part = sample.bodyPart().isEmpty() ? "?" : sample.bodyPart();
    String last = answer.isEmpty() ? sample.detail() : answer;
    return List.of(name, part + (sample.split().isEmpty() ? "" : " · " + sample.split()), last);
  }
}
