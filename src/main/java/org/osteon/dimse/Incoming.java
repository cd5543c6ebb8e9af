package org.osteon.dimse;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.pdu.ProtocolException;
import org.osteon.limit.Deadline;
import org.osteon.limit.PeerQuota;

/**
 * A message that is being received: fragments of a command, then of its data set (PS3.8 annex E). A
 * data set that finds no room, or outgrows the limit, is read on and thrown away, so that the peer
 * can be told.
 *
 * <p><b>Threading.</b> The association's.
 */
final class Incoming implements AutoCloseable {
  /** A data set that is thrown away ends the association when it is so many times the limit. */
  private static final int PATIENCE = 4;

  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private final Room room;
  private final int context;
  private final Deadline deadline;
  private @Nullable CommandSet parsed;
  private byte[] data = new byte[0];
  private long received;
  private PeerQuota.@Nullable Slot held;
  private boolean noRoom;
  private boolean whole;

  /**
   * Data sets that may be in memory.
   *
   * @param quota of them
   * @param peer whose message it is
   * @param limit bytes of each
   * @param waitMillis how long to wait for room
   */
  record Room(PeerQuota quota, InetAddress peer, long limit, long waitMillis) {}

  /**
   * @param context the presentation context that all fragments must have
   * @param deadline by which all of it must be here
   */
  Incoming(int context, Room room, Deadline deadline) {
    this.context = context;
    this.room = room;
    this.deadline = deadline;
  }

  /** By which all of it must be here. */
  Deadline deadline() {
    return deadline;
  }

  void add(int contextId, boolean ofCommand, boolean last, byte[] from, int at, int length)
      throws ProtocolException, InterruptedException {
    if (contextId != context || ofCommand != (parsed == null) || whole) {
      throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "A fragment out of order");
    }
    if (ofCommand) {
      command.write(from, at, length);
      if (command.size() > CommandSet.LONGEST) {
        throw new ProtocolException(ProtocolException.INVALID_PARAMETER, "An endless command");
      }
      if (last) {
        parsed = CommandSet.parse(command.toByteArray());
        whole = !parsed.hasDataSet();
      }
      return;
    }
    addData(from, at, length);
    whole = last;
  }

  private void addData(byte[] from, int at, int length)
      throws ProtocolException, InterruptedException {
    long limit = room.limit;
    if (received == 0 && !noRoom && held == null) {
      held = room.quota.take(room.peer, room.waitMillis);
      noRoom = held == null;
    }
    if (received + length > PATIENCE * limit) {
      throw new ProtocolException(ProtocolException.INVALID_PARAMETER, "An endless data set");
    }
    if (held != null && received + length <= limit) {
      if (received + length > data.length) {
        long grown = Math.min(limit, Math.max(received + length, Math.max(1 << 16, 2L * received)));
        data = Arrays.copyOf(data, (int) grown);
      }
      System.arraycopy(from, at, data, (int) received, length);
    } else {
      data = new byte[0];
    }
    received += length;
  }

  boolean isWhole() {
    return whole;
  }

  boolean hadNoRoom() {
    return noRoom;
  }

  boolean isTooLarge() {
    return received > room.limit;
  }

  int context() {
    return context;
  }

  CommandSet command() {
    CommandSet command = parsed;
    if (command == null) {
      throw new IllegalStateException("The command is not whole.");
    }
    return command;
  }

  /** The data set; to be taken once. */
  byte[] dataSet() {
    byte[] all = data.length == received ? data : Arrays.copyOf(data, (int) received);
    data = new byte[0];
    return all;
  }

  @Override
  public void close() {
    data = new byte[0];
    if (held != null) {
      held.close();
      held = null;
    }
  }
}
