package org.osteon.dimse.pdu;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.limit.Deadline;
import org.osteon.limit.TimedInput;
import org.osteon.limit.Watchdog;

/**
 * PDUs of a peer, each here in time from its first byte to its last. Who is late hears it; where
 * even that cannot be said, the guardian ends the connection.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class TimedPdus {
  private final TimedInput timed;
  private final InputStream in;
  private final Duration idle;
  private final Guardian guardian;

  /** Watches what no time-out of a socket ends. */
  @FunctionalInterface
  public interface Guardian {
    Watchdog.Guard watch(Deadline deadline);
  }

  /**
   * @param idle how long the peer may be silent, and how long each PDU may take
   */
  public TimedPdus(Socket socket, Duration idle, Guardian guardian) throws IOException {
    this.timed = new TimedInput(socket, idle);
    this.in = new BufferedInputStream(timed, 1 << 16);
    this.idle = idle;
    this.guardian = guardian;
  }

  public Guardian guardian() {
    return guardian;
  }

  /**
   * The next one.
   *
   * @param whole by which what it is part of must be here; null where it is part of nothing yet
   * @return null where the peer closed the connection
   */
  public @Nullable Pdu next(@Nullable Deadline whole) throws IOException {
    Deadline silence = earlier(Deadline.in(idle), whole);
    timed.until(silence);
    int type;
    try (Watchdog.Guard guard = guardian.watch(silence)) {
      type = in.read();
    }
    if (type < 0) {
      return null;
    }
    Deadline here = earlier(Deadline.in(idle), whole);
    timed.until(here);
    try (Watchdog.Guard guard = guardian.watch(here)) {
      return Pdu.read(type, in);
    }
  }

  /** Reads and forgets until the peer closes. */
  public void ignore(Deadline deadline) throws IOException {
    timed.until(deadline);
    byte[] ignored = new byte[4096];
    try (Watchdog.Guard guard = guardian.watch(deadline)) {
      while (in.read(ignored) >= 0) {
        // Whatever it still says comes too late.
      }
    } catch (SocketTimeoutException e) {
      // It leaves closing to us.
    }
  }

  private static Deadline earlier(Deadline one, @Nullable Deadline other) {
    return other == null || one.nanos() - other.nanos() < 0 ? one : other;
  }
}
