package org.osteon.dimse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.ProtocolException;

/**
 * Whole messages out of what a peer sends on an association that we asked for: commands, and data
 * sets that are reports.
 *
 * <p><b>Threading.</b> One thread.
 */
final class ScuMessages {
  private ScuMessages() {}

  /** Where PDUs come from. */
  @FunctionalInterface
  interface Pdus {
    Pdu next() throws IOException;
  }

  /**
   * One message.
   *
   * @param context presentation context
   * @param command of it
   * @param dataSet empty where it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // read once and taken apart at once
  record Message(int context, CommandSet command, byte[] dataSet) {}

  /**
   * The next one.
   *
   * @throws ProtocolException it is none, or has no end
   */
  static Message next(Pdus from) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CommandSet command = null;
    while (true) {
      Pdu pdu = from.next();
      if (pdu.type() != Pdu.P_DATA) {
        throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "PDU " + pdu.type());
      }
      ByteBuffer values = ByteBuffer.wrap(pdu.body());
      while (values.remaining() >= 6) {
        int length = values.getInt() - 2;
        int context = values.get() & 0xFF;
        int control = values.get();
        if (length < 0 || length > values.remaining() || (control & 1) == 0 != (command != null)) {
          throw new ProtocolException(
              ProtocolException.INVALID_PARAMETER, "An answer that contradicts itself");
        }
        bytes.write(values.array(), values.position(), length);
        values.position(values.position() + length);
        if (bytes.size() > (command == null ? CommandSet.LONGEST : Commitment.LONGEST)) {
          throw new ProtocolException(ProtocolException.INVALID_PARAMETER, "An endless answer");
        }
        if ((control & 2) == 0) {
          continue;
        }
        if (command != null) {
          return new Message(context, command, bytes.toByteArray());
        }
        command = CommandSet.parseEither(bytes.toByteArray());
        if (!command.hasDataSet()) {
          return new Message(context, command, new byte[0]);
        }
        bytes.reset();
      }
    }
  }
}
