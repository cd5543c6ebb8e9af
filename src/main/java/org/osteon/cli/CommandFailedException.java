package org.osteon.cli;

/** A command could not do what it was asked; the message is one sentence that says what to do. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence
   */
  public CommandFailedException(String message) {
    super(message);
  }

  /**
   * @param message one sentence
   * @param cause what happened underneath
   */
  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
