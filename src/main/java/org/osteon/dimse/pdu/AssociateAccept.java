package org.osteon.dimse.pdu;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An A-ASSOCIATE-AC (PS3.8 section 9.3.3).
 *
 * @param accepted transfer syntax by the ids of the contexts that are accepted
 * @param maxLength longest P-DATA that the peer takes, 0 for no limit
 */
public record AssociateAccept(Map<Integer, String> accepted, long maxLength) {

  public static AssociateAccept parse(byte[] body) throws ProtocolException {
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      in.position(2 + 2 + 16 + 16 + 32);
      Map<Integer, String> accepted = new TreeMap<>();
      long maxLength = 0;
      while (in.hasRemaining()) {
        int type = in.get();
        ByteBuffer item = PduItems.next(in);
        if (type == 0x21) {
          context(item, accepted);
        } else if (type == 0x50) {
          maxLength = PduItems.maxLength(item);
        }
      }
      return new AssociateAccept(accepted, maxLength);
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "An A-ASSOCIATE-AC that contradicts itself");
    }
  }

  private static void context(ByteBuffer item, Map<Integer, String> accepted) {
    int id = item.get() & 0xFF;
    item.get();
    int result = item.get();
    item.get();
    while (item.hasRemaining()) {
      int type = item.get();
      ByteBuffer inner = PduItems.next(item);
      if (type == 0x40 && result == 0) {
        byte[] bytes = new byte[inner.remaining()];
        inner.get(bytes);
        accepted.put(id, new String(bytes, StandardCharsets.US_ASCII).replace('\0', ' ').trim());
      }
    }
  }
}
