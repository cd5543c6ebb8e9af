package org.osteon.event.registry;

/** The schema registry cannot be reached, or cannot answer now. Not bad data: try again. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence
   * @param cause what the client met
   */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
