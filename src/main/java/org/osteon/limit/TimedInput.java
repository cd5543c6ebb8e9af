package org.osteon.limit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a socket receives, up to a deadline: its own time-out begins anew with each byte.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class TimedInput extends FilterInputStream {
  private final Socket socket;
  private final Duration silence;
  private Deadline deadline;

  /**
   * @param silence how long the peer may say nothing
   */
  public TimedInput(Socket socket, Duration silence) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.silence = silence;
    this.deadline = Deadline.in(silence);
  }

  /** All that is read from now on must be here by then. */
  public void until(Deadline next) {
    deadline = next;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * @throws SocketTimeoutException the peer said nothing for too long, or too little in all
   */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (deadline.passed()) {
      throw new SocketTimeoutException("not all of it came in time");
    }
    Duration left = deadline.left();
    socket.setSoTimeout(Math.toIntExact((left.compareTo(silence) < 0 ? left : silence).toMillis()));
    return in.read(into, from, length);
  }
}
