package org.osteon.image.dicom;

/**
 * Where the value of an attribute lies.
 *
 * @param tag {@code group << 16 | element}
 * @param vr value representation as its two letters, {@code 'S' << 8 | 'Q'}; 0 where it is implicit
 * @param at offset of the value
 * @param length bytes of the value; {@link #UNDEFINED} where a delimiter ends it
 */
public record DicomElement(int tag, int vr, long at, long length) {
  static final long UNDEFINED = 0xFFFF_FFFFL;
  static final int UN = 'U' << 8 | 'N';
  static final int OW = 'O' << 8 | 'W';

  public boolean undefined() {
    return length == UNDEFINED;
  }
}
