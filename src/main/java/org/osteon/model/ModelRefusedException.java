package org.osteon.model;

/** A model version that is not what it says; the message is one sentence with the reason. */
public final class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelRefusedException(String message) {
    super(message);
  }

  public ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
