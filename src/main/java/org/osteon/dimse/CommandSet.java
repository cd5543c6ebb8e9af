package org.osteon.dimse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.dimse.pdu.ProtocolException;

/**
 * A command of PS3.7 section 9.3, implicit little endian: {@code element → value} of group 0000.
 *
 * @param elements values without padding taken off
 */
record CommandSet(TreeMap<Integer, byte[]> elements) {
  static final int C_STORE_RQ = 0x0001;
  static final int C_ECHO_RQ = 0x0030;
  static final int C_CANCEL_RQ = 0x0FFF;
  static final int N_EVENT_REPORT_RQ = 0x0100;
  static final int N_ACTION_RQ = 0x0130;
  static final int RESPONSE = 0x8000;

  /** Of the command itself; DICOM's are a hundred bytes or two. */
  static final int LONGEST = 16 * 1024;

  private static final int NO_DATA_SET = 0x0101;
  private static final int SOP_CLASS = 0x0002;
  private static final int FIELD = 0x0100;
  private static final int MESSAGE_ID = 0x0110;
  private static final int RESPONDED_ID = 0x0120;
  private static final int PRIORITY = 0x0700;
  private static final int DATA_SET_TYPE = 0x0800;
  private static final int STATUS = 0x0900;
  private static final int COMMENT = 0x0902;
  private static final int SOP_INSTANCE = 0x1000;
  private static final int REQUESTED_CLASS = 0x0003;
  private static final int REQUESTED_INSTANCE = 0x1001;
  private static final int ACTION_TYPE = 0x1008;

  /** The one action of the push model (PS3.4 section J.3.2.1). */
  private static final int REQUEST_COMMITMENT = 1;

  static CommandSet parse(byte[] bytes) throws ProtocolException {
    CommandSet command = elements(bytes);
    if (!command.elements.containsKey(FIELD) || !command.elements.containsKey(MESSAGE_ID)) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "A command that names no command");
    }
    return command;
  }

  private static CommandSet elements(byte[] bytes) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    TreeMap<Integer, byte[]> elements = new TreeMap<>();
    while (in.remaining() >= 8) {
      int group = in.getShort() & 0xFFFF;
      int element = in.getShort() & 0xFFFF;
      int length = in.getInt();
      if (group != 0 || length < 0 || length > in.remaining()) {
        throw new ProtocolException(
            ProtocolException.INVALID_PARAMETER, "A command that contradicts itself");
      }
      byte[] value = new byte[length];
      in.get(value);
      elements.put(element, value);
    }
    return new CommandSet(elements);
  }

  /** The same of a response, which answers a message instead of having an id. */
  static CommandSet parseResponse(byte[] bytes) throws ProtocolException {
    CommandSet command = elements(bytes);
    if (!command.elements.containsKey(FIELD)
        || !command.elements.containsKey(RESPONDED_ID)
        || !command.elements.containsKey(STATUS)) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "A response that answers nothing");
    }
    return command;
  }

  /** What a peer sends us on an association of ours: mostly a response, or a report. */
  static CommandSet parseEither(byte[] bytes) throws ProtocolException {
    CommandSet command = elements(bytes);
    return (command.field() & RESPONSE) != 0 ? parseResponse(bytes) : parse(bytes);
  }

  /** N-ACTION-RQ (PS3.7 table 10.3-7) of storage commitment. */
  static byte[] commitmentRequest(int message) {
    CommandSet request = new CommandSet(new TreeMap<>());
    request.put(REQUESTED_CLASS, Commitment.SOP_CLASS);
    request.put(FIELD, N_ACTION_RQ);
    request.put(MESSAGE_ID, message);
    request.put(DATA_SET_TYPE, 0);
    request.put(REQUESTED_INSTANCE, Commitment.INSTANCE);
    request.put(ACTION_TYPE, REQUEST_COMMITMENT);
    return request.bytes();
  }

  /** C-STORE-RQ (PS3.7 table 9.3-1). */
  static byte[] storeRequest(int message, String sopClass, String sopInstance) {
    CommandSet request = new CommandSet(new TreeMap<>());
    request.put(SOP_CLASS, sopClass);
    request.put(FIELD, C_STORE_RQ);
    request.put(MESSAGE_ID, message);
    request.put(PRIORITY, 0);
    request.put(DATA_SET_TYPE, 0);
    request.put(SOP_INSTANCE, sopInstance);
    return request.bytes();
  }

  int field() {
    return number(FIELD);
  }

  int messageId() {
    return number(MESSAGE_ID);
  }

  int respondedId() {
    return number(RESPONDED_ID);
  }

  /** What a response says. */
  StoreStatus status() {
    return new StoreStatus(number(STATUS), text(COMMENT));
  }

  boolean hasDataSet() {
    return number(DATA_SET_TYPE) != NO_DATA_SET;
  }

  String sopClass() {
    return text(SOP_CLASS);
  }

  String sopInstance() {
    return text(SOP_INSTANCE);
  }

  /** The response to this request. */
  byte[] response(StoreStatus status) {
    CommandSet response = new CommandSet(new TreeMap<>());
    for (int same : new int[] {SOP_CLASS, SOP_INSTANCE}) {
      byte[] value = elements.get(same);
      if (value != null) {
        response.elements.put(same, value);
      }
    }
    response.put(FIELD, field() | RESPONSE);
    response.put(RESPONDED_ID, messageId());
    response.put(DATA_SET_TYPE, NO_DATA_SET);
    response.put(STATUS, status.code());
    if (!status.comment().isEmpty()) {
      String comment = status.comment() + (status.comment().length() % 2 == 0 ? "" : " ");
      response.elements.put(COMMENT, comment.getBytes(StandardCharsets.US_ASCII));
    }
    return response.bytes();
  }

  private byte[] bytes() {
    int length = elements.values().stream().mapToInt(value -> 8 + value.length).sum();
    ByteBuffer out = ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0).putInt(4).putInt(length);
    for (Map.Entry<Integer, byte[]> each : elements.entrySet()) {
      out.putShort((short) 0).putShort(each.getKey().shortValue());
      out.putInt(each.getValue().length).put(each.getValue());
    }
    return out.array();
  }

  private void put(int element, int value) {
    elements.put(element, new byte[] {(byte) value, (byte) (value >>> 8)});
  }

  private void put(int element, String uid) {
    byte[] bytes = uid.getBytes(StandardCharsets.US_ASCII);
    elements.put(element, Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
  }

  private int number(int element) {
    byte[] value = elements.get(element);
    return value == null || value.length < 2 ? 0 : (value[0] & 0xFF) | (value[1] & 0xFF) << 8;
  }

  private String text(int element) {
    byte[] value = elements.get(element);
    return value == null
        ? ""
        : new String(value, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
  }
}
