package org.osteon.image;

/** A fault on its way to becoming {@link Decoding.Rejected}; never leaves the package. */
final class FaultException extends Exception {
  private static final long serialVersionUID = 1L;

  final ImageFault fault;

  FaultException(ImageFault fault, String message) {
    // Bad input is no error of ours: no stack trace, which would cost more than the decoding.
    super(message, null, false, false);
    this.fault = fault;
  }

  static FaultException truncated(String format) {
    return new FaultException(
        ImageFault.TRUNCATED_IMAGE, "The " + format + " file ends before its pixels do.");
  }

  static FaultException corrupt(String format, String what) {
    return new FaultException(
        ImageFault.CORRUPT_IMAGE, "The " + format + " file contradicts itself: " + what + ".");
  }

  static FaultException unsupported(String what) {
    return new FaultException(ImageFault.UNSUPPORTED_FORMAT, what + " is not read here.");
  }
}
