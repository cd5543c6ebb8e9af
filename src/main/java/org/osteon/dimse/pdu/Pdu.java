package org.osteon.dimse.pdu;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol data unit (PS3.8 section 9.3).
 *
 * @param type first byte
 * @param body behind its length
 */
@SuppressWarnings("ArrayRecordComponent") // read once and taken apart at once
public record Pdu(int type, byte[] body) {
  public static final int ASSOCIATE_RQ = 1;
  public static final int ASSOCIATE_AC = 2;
  public static final int ASSOCIATE_RJ = 3;
  public static final int P_DATA = 4;
  public static final int RELEASE_RQ = 5;
  public static final int RELEASE_RP = 6;
  public static final int ABORT = 7;

  /** Longest P-DATA that we announce and take, without its header, in bytes. */
  public static final int LONGEST_DATA = 256 * 1024;

  /** A request may list 128 contexts with many syntaxes each, and is never longer than this. */
  private static final int LONGEST_OTHER = 512 * 1024;

  /**
   * Reads one.
   *
   * @return null where the peer closed the connection between two
   */
  public static @Nullable Pdu read(InputStream from) throws IOException {
    int type = from.read();
    return type < 0 ? null : read(type, from);
  }

  /** The rest of one whose first byte was read. */
  public static Pdu read(int type, InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    in.readByte();
    long length = in.readInt() & 0xFFFF_FFFFL;
    if (type < ASSOCIATE_RQ || type > ABORT) {
      throw new ProtocolException(ProtocolException.UNRECOGNISED_PDU, "No such PDU: " + type);
    }
    if (length > (type == P_DATA ? LONGEST_DATA : LONGEST_OTHER)) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "A PDU of " + length + " bytes");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException("The connection ended within a PDU.");
    }
    return new Pdu(type, body);
  }

  /** As it goes over the wire. */
  public static byte[] bytes(int type, byte[] body) {
    return ByteBuffer.allocate(6 + body.length)
        .put((byte) type)
        .put((byte) 0)
        .putInt(body.length)
        .put(body)
        .array();
  }

  /** In as many values as the peer's longest PDU asks for. */
  public static byte[] values(int context, byte[] command, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int fragment = most - 6;
    for (int at = 0; at < command.length; at += fragment) {
      int length = Math.min(fragment, command.length - at);
      boolean last = at + length == command.length;
      ByteBuffer value = ByteBuffer.allocate(6 + length);
      value.putInt(length + 2).put((byte) context).put((byte) (last ? 3 : 1));
      value.put(command, at, length);
      out.writeBytes(Pdu.bytes(Pdu.P_DATA, value.array()));
    }
    return out.toByteArray();
  }

  /** A-RELEASE-RP. */
  public static byte[] releaseReply() {
    return bytes(RELEASE_RP, new byte[4]);
  }

  /** A-ABORT by the service provider. */
  public static byte[] abort(int reason) {
    return bytes(ABORT, new byte[] {0, 0, 2, (byte) reason});
  }

  /** A-ASSOCIATE-RJ. */
  public static byte[] reject(Rejection why) {
    return bytes(
        ASSOCIATE_RJ,
        new byte[] {0, (byte) why.result(), (byte) why.source(), (byte) why.reason()});
  }

  /** Why an association is rejected (PS3.8 table 9-21). */
  public enum Rejection {
    CALLING_TITLE(1, 1, 3),
    CALLED_TITLE(1, 1, 7),
    APPLICATION_CONTEXT(1, 1, 2),
    PROTOCOL_VERSION(1, 2, 2),
    TOO_MANY(2, 3, 2);

    private final int result;
    private final int source;
    private final int reason;

    Rejection(int result, int source, int reason) {
      this.result = result;
      this.source = source;
      this.reason = reason;
    }

    int result() {
      return result;
    }

    int source() {
      return source;
    }

    int reason() {
      return reason;
    }
  }
}
