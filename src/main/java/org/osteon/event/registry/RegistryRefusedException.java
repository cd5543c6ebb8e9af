package org.osteon.event.registry;

/** The schema registry refuses us, or is none: someone must mend the configuration. */
public final class RegistryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says what to mend
   * @param cause what the client met
   */
  public RegistryRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
