package org.osteon.config.value;

/**
 * A configuration that cannot work. The message is one sentence that says what to do; a command
 * that meets it ends with status 2 before anything is consumed.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says what to do, without secrets
   */
  public ConfigException(String message) {
    super(message);
  }

  /**
   * @param message one sentence that says what to do, without secrets
   * @param cause what went wrong underneath
   */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
