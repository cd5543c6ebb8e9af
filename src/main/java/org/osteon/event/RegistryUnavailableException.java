package org.osteon.event;

/** The schema registry does not answer. Not the record's fault: wait, and try again. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
