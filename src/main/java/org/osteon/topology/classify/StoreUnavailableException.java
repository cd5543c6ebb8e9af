package org.osteon.topology.classify;

/**
 * A store that holds images answers no request and is waited for. The waiting task gives up without
 * committing, and the images come again.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message) {
    super(message);
  }
}
