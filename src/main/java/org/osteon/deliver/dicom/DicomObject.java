package org.osteon.deliver.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A data set that is made, to be written in any of the uncompressed transfer syntaxes (PS3.5).
 *
 * <p><b>Threading.</b> One thread.
 */
public final class DicomObject {
  private static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  /** What {@link #encoded} writes, what costs the other side least first. */
  public static final List<String> SYNTAXES =
      List.of(EXPLICIT_LITTLE, IMPLICIT_LITTLE, DEFLATED, EXPLICIT_BIG);

  private static final int ITEM = 0xFFFE_E000;

  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  private interface Value {
    byte[] bytes(boolean explicit, ByteOrder order);
  }

  private record Element(String vr, Value value) {}

  /**
   * A text; a character is a byte, in the character set that (0008,0005) names.
   *
   * @param tag {@code group << 16 | element}
   */
  public DicomObject text(int tag, String vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    if (padded.length > bytes.length && !vr.equals("UI")) {
      padded[bytes.length] = ' ';
    }
    elements.put(tag, new Element(vr, (explicit, order) -> padded));
    return this;
  }

  /** A number of 16 bits without a sign. */
  public DicomObject number(int tag, int value) {
    return put(tag, "US", (explicit, order) -> numbers(2, order).putShort((short) value).array());
  }

  /** Numbers of 32 bits with a point. */
  DicomObject floats(int tag, float... values) {
    return put(
        tag,
        "FL",
        (explicit, order) -> {
          ByteBuffer out = numbers(4 * values.length, order);
          for (float value : values) {
            out.putFloat(value);
          }
          return out.array();
        });
  }

  /** Bytes, which have no order. */
  public DicomObject bytes(int tag, byte[] value) {
    byte[] padded = Arrays.copyOf(value, value.length + value.length % 2);
    return put(tag, "OB", (explicit, order) -> padded);
  }

  DicomObject sequence(int tag, DicomObject... items) {
    return sequence(tag, List.of(items));
  }

  DicomObject sequence(int tag, List<DicomObject> items) {
    return put(
        tag,
        "SQ",
        (explicit, order) -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          for (DicomObject each : items) {
            byte[] content = each.bytes(explicit, order);
            out.writeBytes(tag(ITEM, order).putInt(content.length).array());
            out.writeBytes(content);
          }
          return out.toByteArray();
        });
  }

  /**
   * Without a meta header.
   *
   * @param transferSyntax one of {@link #SYNTAXES}
   */
  public byte[] encoded(String transferSyntax) {
    return switch (transferSyntax) {
      case EXPLICIT_LITTLE -> bytes(true, ByteOrder.LITTLE_ENDIAN);
      case IMPLICIT_LITTLE -> bytes(false, ByteOrder.LITTLE_ENDIAN);
      case EXPLICIT_BIG -> bytes(true, ByteOrder.BIG_ENDIAN);
      case DEFLATED -> deflated(bytes(true, ByteOrder.LITTLE_ENDIAN));
      default -> throw new IllegalArgumentException("No syntax of ours: " + transferSyntax);
    };
  }

  private DicomObject put(int tag, String vr, Value value) {
    elements.put(tag, new Element(vr, value));
    return this;
  }

  private byte[] bytes(boolean explicit, ByteOrder order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    elements.forEach(
        (tag, element) -> {
          byte[] value = element.value.bytes(explicit, order);
          out.writeBytes(header(tag, element.vr, value.length, explicit, order));
          out.writeBytes(value);
        });
    return out.toByteArray();
  }

  /** PS3.5 section 7.1. */
  private static byte[] header(int tag, String vr, int length, boolean explicit, ByteOrder order) {
    if (!explicit) {
      return tag(tag, order).putInt(length).array();
    }
    boolean wide = vr.equals("SQ") || vr.equals("OB") || vr.equals("UT");
    ByteBuffer header = numbers(wide ? 12 : 8, order);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    header.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      return header.putShort((short) 0).putInt(length).array();
    }
    if (length > 0xFFFF) {
      throw new IllegalArgumentException("A value of " + vr + " that is too long");
    }
    return header.putShort((short) length).array();
  }

  private static ByteBuffer tag(int tag, ByteOrder order) {
    return numbers(8, order).putShort((short) (tag >>> 16)).putShort((short) tag);
  }

  private static ByteBuffer numbers(int size, ByteOrder order) {
    return ByteBuffer.allocate(size).order(order);
  }

  /** PS3.5 section A.5: RFC 1951, without zlib's frame, padded to an even length. */
  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(bytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    byte[] deflated = out.toByteArray();
    return Arrays.copyOf(deflated, deflated.length + deflated.length % 2);
  }
}
