package org.osteon.event;

/** The schema registry answers and says no: only whoever runs the service can mend that. */
public final class RegistryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryRefusedException(String message) {
    super(message);
  }
}
