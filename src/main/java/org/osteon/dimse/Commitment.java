package org.osteon.dimse;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osteon.dimse.pdu.ProtocolException;

/**
 * Storage commitment, the push model (PS3.4 annex J): what is asked and reported, in implicit
 * little endian, which everyone must be able to speak.
 */
public final class Commitment {
  /** Storage Commitment Push Model SOP Class. */
  public static final String SOP_CLASS = "1.2.840.10008.1.20.1";

  /** Its one instance, which everyone knows. */
  static final String INSTANCE = "1.2.840.10008.1.20.1.1";

  /** Of a report; each instance takes some 150 bytes. */
  static final int LONGEST = 1 << 20;

  private static final int SOP_CLASS_UID = 0x0008_1150;
  private static final int SOP_INSTANCE_UID = 0x0008_1155;
  private static final int TRANSACTION = 0x0008_1195;
  private static final int FAILURE = 0x0008_1197;
  private static final int FAILED = 0x0008_1198;
  private static final int REFERENCED = 0x0008_1199;
  private static final int ITEM = 0xFFFE_E000;
  private static final int ITEM_END = 0xFFFE_E00D;
  private static final int SEQUENCE_END = 0xFFFE_E0DD;
  private static final int UNDEFINED = -1;

  private Commitment() {}

  /**
   * What a peer says of instances that it was asked about.
   *
   * @param transaction UID under which it was asked
   * @param committed SOP Instance UIDs that it keeps
   * @param failed those that it does not, with the reason (0008,1197)
   */
  public record Report(String transaction, Set<String> committed, Map<String, Integer> failed) {}

  /**
   * The data set of N-ACTION.
   *
   * @param instances SOP class by SOP Instance UID
   */
  static byte[] request(String transaction, Map<String, String> instances) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    new TreeMap<>(instances)
        .forEach(
            (instance, sopClass) -> {
              ByteArrayOutputStream item = new ByteArrayOutputStream();
              item.writeBytes(element(SOP_CLASS_UID, uid(sopClass)));
              item.writeBytes(element(SOP_INSTANCE_UID, uid(instance)));
              items.writeBytes(element(ITEM, item.toByteArray()));
            });
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(element(TRANSACTION, uid(transaction)));
    all.writeBytes(element(REFERENCED, items.toByteArray()));
    return all.toByteArray();
  }

  /** Reads the data set of N-EVENT-REPORT. */
  static Report report(byte[] dataSet) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(dataSet).order(ByteOrder.LITTLE_ENDIAN);
    String transaction = "";
    Set<String> committed = new TreeSet<>();
    Map<String, Integer> failed = new TreeMap<>();
    try {
      while (in.hasRemaining()) {
        int tag = tag(in);
        int length = in.getInt();
        if (tag == REFERENCED || tag == FAILED) {
          items(in, length, tag == FAILED, committed, failed);
        } else if (tag == TRANSACTION) {
          transaction = text(in, length);
        } else {
          skip(in, length);
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed();
    }
    // What is in both lists is not kept.
    committed.removeAll(failed.keySet());
    return new Report(transaction, Set.copyOf(committed), Map.copyOf(failed));
  }

  private static void items(
      ByteBuffer in,
      int length,
      boolean ofFailed,
      Set<String> committed,
      Map<String, Integer> failed)
      throws ProtocolException {
    int end = length == UNDEFINED ? in.limit() : Math.addExact(in.position(), length);
    while (in.position() < end) {
      int tag = tag(in);
      int itemLength = in.getInt();
      if (tag == SEQUENCE_END) {
        return;
      }
      if (tag != ITEM) {
        throw malformed();
      }
      item(in, itemLength, ofFailed, committed, failed);
    }
  }

  private static void item(
      ByteBuffer in,
      int length,
      boolean ofFailed,
      Set<String> committed,
      Map<String, Integer> failed)
      throws ProtocolException {
    int end = length == UNDEFINED ? in.limit() : Math.addExact(in.position(), length);
    String instance = "";
    int reason = 0;
    while (in.position() < end) {
      int tag = tag(in);
      int valueLength = in.getInt();
      if (tag == ITEM_END) {
        break;
      }
      if (tag == SOP_INSTANCE_UID) {
        instance = text(in, valueLength);
      } else if (tag == FAILURE && valueLength == 2) {
        reason = in.getShort() & 0xFFFF;
      } else {
        skip(in, valueLength);
      }
    }
    if (ofFailed) {
      failed.put(instance, reason);
    } else {
      committed.add(instance);
    }
  }

  private static int tag(ByteBuffer in) {
    int group = in.getShort() & 0xFFFF;
    return group << 16 | in.getShort() & 0xFFFF;
  }

  private static void skip(ByteBuffer in, int length) throws ProtocolException {
    if (length < 0) {
      throw malformed();
    }
    in.position(Math.addExact(in.position(), length));
  }

  private static String text(ByteBuffer in, int length) throws ProtocolException {
    if (length < 0 || length > in.remaining()) {
      throw malformed();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
  }

  private static byte[] element(int tag, byte[] value) {
    return ByteBuffer.allocate(8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .putInt(value.length)
        .put(value)
        .array();
  }

  private static byte[] uid(String uid) {
    byte[] bytes = uid.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }

  private static ProtocolException malformed() {
    return new ProtocolException(
        ProtocolException.INVALID_PARAMETER, "A report of commitment that contradicts itself");
  }
}
