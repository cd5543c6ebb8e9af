package org.osteon.deliver.dicom;

import org.osteon.deliver.terms.Code;

/** A code as an item of a code sequence (PS3.3 table 8.8-1). */
final class CodeItem {
  private CodeItem() {}

  static DicomObject of(Code code) {
    return new DicomObject()
        .text(0x0008_0100, "SH", code.value())
        .text(0x0008_0102, "SH", code.scheme())
        .text(0x0008_0104, "LO", code.meaning());
  }
}
