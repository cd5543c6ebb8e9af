package org.osteon.deliver.hl7;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a receiver says to one message, bounded in length and in time: neither an acknowledgement
 * that never ends nor one that drips holds a target.
 *
 * <p><b>Threading.</b> One thread.
 */
final class BoundedInput extends FilterInputStream {
  private static final int MOST = 1 << 20;

  private final Duration patience;
  private int left = MOST;
  private long end;

  /**
   * @param patience for a whole answer
   */
  BoundedInput(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
  }

  /** From now on the next answer counts. */
  void begin() {
    left = MOST;
    end = System.nanoTime() + patience.toNanos();
  }

  @Override
  public int read() throws IOException {
    check();
    left--;
    return super.read();
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    check();
    int read = super.read(into, from, most);
    left -= Math.max(0, read);
    return read;
  }

  private void check() throws IOException {
    if (left <= 0) {
      throw new IOException("The acknowledgement is longer than " + MOST + " bytes.");
    }
    if (System.nanoTime() - end > 0) {
      throw new SocketTimeoutException("no acknowledgement in time");
    }
  }
}
