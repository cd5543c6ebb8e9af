package org.osteon.batch.device;

/**
 * The device no longer answers, whatever it is asked: no image's fault, so no image may fail for
 * it. The waiting caller gives up without committing, and the images come again after a restart.
 */
public final class DeviceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceLostException(String message) {
    super(message);
  }
}
