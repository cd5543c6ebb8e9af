package org.osteon.dimse;

/**
 * The status of a C-STORE response (PS3.4 section B.2.3, PS3.7 annex C).
 *
 * @param code of 16 bits
 * @param comment why, in ASCII, 64 characters at most, without patient data
 */
public record StoreStatus(int code, String comment) {
  private static final int LONGEST = 64;

  /** Stored. */
  public static final StoreStatus SUCCESS = new StoreStatus(0x0000, "");

  /** Code of a provider that failed at it, whatever it is (PS3.7 section C.5.21). */
  public static final int PROCESSING_FAILURE = 0x0110;

  /** A command that is not provided here. */
  static final StoreStatus UNRECOGNISED = new StoreStatus(0x0211, "");

  /** The SOP class is not the context's. */
  static final StoreStatus WRONG_CLASS = new StoreStatus(0x0122, "SOP class of another context");

  public StoreStatus {
    if (comment.length() > LONGEST) {
      comment = comment.substring(0, LONGEST);
    }
  }

  /** What is needed is away for now: the sender is to try again. */
  public static StoreStatus outOfResources(String comment) {
    return new StoreStatus(0xA700, comment);
  }

  /** The data set contradicts what the command says of it. */
  public static StoreStatus mismatch(String comment) {
    return new StoreStatus(0xA900, comment);
  }

  /** It cannot be understood, and never will be. */
  public static StoreStatus notUnderstood(String comment) {
    return new StoreStatus(0xC000, comment);
  }

  /** Whether it is stored, if with a warning (PS3.4 table B.2-1). */
  public boolean storedOrNearly() {
    return code == 0 || (code & 0xF000) == 0xB000;
  }

  /** Whether it may be stored another time: the peer has no room for the moment. */
  public boolean forTheMoment() {
    return (code & 0xFF00) == 0xA700;
  }

  /** Whether the sender may forget it. */
  public boolean stored() {
    return code == 0;
  }
}
