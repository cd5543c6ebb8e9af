package org.osteon.client;

/** A command could not do what it was asked; the message is one sentence that says what to do. */
public final class OperationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence
   */
  public OperationFailedException(String message) {
    super(message);
  }

  /**
   * @param message one sentence
   * @param cause what happened underneath
   */
  public OperationFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
