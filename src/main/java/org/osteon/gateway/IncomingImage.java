package org.osteon.gateway;

/**
 * An image that someone hands in.
 *
 * @param file DICOM Part 10, JPEG or PNG
 * @param facts what is known of it apart from its bytes; each may be empty. For DICOM only what the
 *     message says of class and instance, which the header must confirm
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not kept
record IncomingImage(byte[] file, Facts facts) {
  /** Each may be empty. */
  record Facts(
      String sopClass,
      String sopInstance,
      String study,
      String series,
      String modality,
      String bodyPart,
      String laterality,
      String view,
      boolean stat) {

    /** For DICOM, with what is said of it beside its header. */
    static Facts ofDicom(String sopClass, String sopInstance, boolean stat) {
      return new Facts(sopClass, sopInstance, "", "", "", "", "", "", stat);
    }
  }
}
