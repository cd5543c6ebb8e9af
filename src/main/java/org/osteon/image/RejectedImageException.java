package org.osteon.image;

/**
 * A refusal on its way out of a format's code; {@link ImageDecoder} ends in a {@link
 * Decoding.Rejected} instead. Without a stack trace, because bad images are expected and may come
 * by the thousand.
 */
public final class RejectedImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ImageFault fault;

  public RejectedImageException(ImageFault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  public static RejectedImageException truncated(String message) {
    return new RejectedImageException(ImageFault.TRUNCATED_IMAGE, message);
  }

  public static RejectedImageException corrupt(String message) {
    return new RejectedImageException(ImageFault.CORRUPT_IMAGE, message);
  }

  public static RejectedImageException unsupported(String message) {
    return new RejectedImageException(ImageFault.UNSUPPORTED_FORMAT, message);
  }

  public ImageFault fault() {
    return fault;
  }

  public Decoding.Rejected toRejected() {
    String message = getMessage();
    return new Decoding.Rejected(fault, message == null ? fault.name() : message);
  }
}
