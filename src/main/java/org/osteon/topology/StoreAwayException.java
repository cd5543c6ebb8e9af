package org.osteon.topology;

/**
 * A store that holds images answers nobody and is waited for: whoever waits gives up without
 * committing, and the images come again.
 */
public final class StoreAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreAwayException(String message) {
    super(message);
  }
}
