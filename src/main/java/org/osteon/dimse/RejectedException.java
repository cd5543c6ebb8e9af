package org.osteon.dimse;

import java.io.IOException;

/** The peer wants no association: of this title, by this title, or for the moment. */
public final class RejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  RejectedException(int result, int source, int reason) {
    super("The association was rejected: " + words(source, reason));
    this.forGood = result == 1;
  }

  /** Whether asking again as we asked is in vain until somebody changes something there or here. */
  public boolean isForGood() {
    return forGood;
  }

  /** PS3.8 table 9-21. */
  private static String words(int source, int reason) {
    return switch (source * 16 + reason) {
      case 0x13 -> "it does not know our title";
      case 0x17 -> "it is not called by that title";
      case 0x12 -> "it does not know DICOM's application context";
      case 0x32, 0x31 -> "it is too busy";
      default -> "source " + source + ", reason " + reason;
    };
  }
}
