package org.osteon.testing;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** DICOM files of drawn radiographs: Part 10, explicit little endian, 16 bits, uncompressed. */
public final class DicomFiles {
  private static final String DIGITAL_X_RAY = "1.2.840.10008.5.1.4.1.1.1.1";
  private static final String JPEG_2000_REVERSIBLE = "1.2.840.10008.1.2.4.90";
  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

  private DicomFiles() {}

  /**
   * A file of twice as many bytes as pixels.
   *
   * @param seed of the drawing, and of all identifiers
   */
  public static byte[] drawn(long seed, Kind kind, int columns, int rows) throws IOException {
    return drawn(seed, kind, columns, rows, Map.of());
  }

  /**
   * @param more values by tag ({@code 0x00100010}), as text; they replace those of the same tag
   */
  public static byte[] drawn(long seed, Kind kind, int columns, int rows, Map<Integer, String> more)
      throws IOException {
    TreeMap<Integer, byte[]> elements = new TreeMap<>();
    text(elements, 0x00080016, DIGITAL_X_RAY);
    text(elements, 0x00080018, "2.25.1" + seed + kind.ordinal());
    text(elements, 0x00080060, "DX");
    text(elements, 0x0020000D, "2.25.2" + seed);
    text(elements, 0x0020000E, "2.25.3" + seed);
    text(elements, 0x00280004, "MONOCHROME2");
    more.forEach((tag, value) -> text(elements, tag, value));
    number(elements, 0x00280002, 1);
    number(elements, 0x00280010, rows);
    number(elements, 0x00280011, columns);
    number(elements, 0x00280100, 16);
    number(elements, 0x00280101, 12);
    number(elements, 0x00280102, 11);
    number(elements, 0x00280103, 0);
    elements.put(0x7FE00010, pixels(seed, kind, columns, rows));
    int size = elements.values().stream().mapToInt(value -> value.length + 12).sum();
    ByteBuffer file = ByteBuffer.allocate(size + 300).order(ByteOrder.LITTLE_ENDIAN);
    file.position(128).put(new byte[] {'D', 'I', 'C', 'M'});
    element(file, 0x00020010, padded(EXPLICIT_LITTLE_ENDIAN));
    elements.forEach((tag, value) -> element(file, tag, value));
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  /**
   * A file around a JPEG 2000 codestream of one grey component of 16 bits, reversible.
   *
   * @param seed of all identifiers
   */
  public static byte[] jpeg2000(long seed, byte[] codestream, int columns, int rows) {
    TreeMap<Integer, byte[]> elements = new TreeMap<>();
    text(elements, 0x00080016, DIGITAL_X_RAY);
    text(elements, 0x00080018, "2.25.4" + seed);
    text(elements, 0x00080060, "DX");
    text(elements, 0x0020000D, "2.25.5" + seed);
    text(elements, 0x0020000E, "2.25.6" + seed);
    text(elements, 0x00280004, "MONOCHROME2");
    number(elements, 0x00280002, 1);
    number(elements, 0x00280010, rows);
    number(elements, 0x00280011, columns);
    number(elements, 0x00280100, 16);
    number(elements, 0x00280101, 16);
    number(elements, 0x00280102, 15);
    number(elements, 0x00280103, 0);
    ByteBuffer file = ByteBuffer.allocate(codestream.length + 2000).order(ByteOrder.LITTLE_ENDIAN);
    file.position(128).put(new byte[] {'D', 'I', 'C', 'M'});
    element(file, 0x00020010, padded(JPEG_2000_REVERSIBLE));
    elements.forEach((tag, value) -> element(file, tag, value));
    file.putShort((short) 0x7FE0).putShort((short) 0x0010);
    file.put("OB".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putInt(-1);
    item(file, 0xE000, new byte[0]);
    item(file, 0xE000, Arrays.copyOf(codestream, codestream.length + codestream.length % 2));
    item(file, 0xE0DD, new byte[0]);
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  private static void item(ByteBuffer file, int element, byte[] value) {
    file.putShort((short) 0xFFFE).putShort((short) element).putInt(value.length).put(value);
  }

  private static byte[] pixels(long seed, Kind kind, int columns, int rows) throws IOException {
    byte[] jpeg = SyntheticRadiographs.draw(seed, kind).jpeg();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    Raster raster = image.getRaster();
    ByteBuffer pixels = ByteBuffer.allocate(2 * columns * rows).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int grey =
            raster.getSample(x * image.getWidth() / columns, y * image.getHeight() / rows, 0);
        pixels.putShort((short) (16 * grey));
      }
    }
    return pixels.array();
  }

  private static void element(ByteBuffer file, int tag, byte[] value) {
    file.putShort((short) (tag >>> 16)).putShort((short) tag);
    String vr = representation(tag);
    file.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (vr.equals("OW") || vr.equals("UT") || vr.equals("SQ")) {
      file.putShort((short) 0).putInt(value.length);
    } else {
      file.putShort((short) value.length);
    }
    file.put(value);
  }

  private static String representation(int tag) {
    return switch (tag) {
      case 0x00020010, 0x00080016, 0x00080018, 0x0020000D, 0x0020000E -> "UI";
      case 0x00280002, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280102, 0x00280103 ->
          "US";
      case 0x00080060, 0x00280004, 0x00180015, 0x00185101, 0x00200062, 0x00100040 -> "CS";
      case 0x00100010, 0x00080090 -> "PN";
      case 0x00080020, 0x00100030 -> "DA";
      case 0x00101010 -> "AS";
      case 0x00080050, 0x00401003 -> "SH";
      case 0x00400275 -> "SQ";
      case 0x7FE00010 -> "OW";
      default -> "LO";
    };
  }

  private static void text(Map<Integer, byte[]> elements, int tag, String value) {
    byte[] padded = padded(value);
    if (representation(tag).equals("UI")) {
      elements.put(tag, padded);
      return;
    }
    if (value.length() % 2 != 0) {
      padded[padded.length - 1] = ' ';
    }
    elements.put(tag, padded);
  }

  private static byte[] padded(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    return java.util.Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }

  private static void number(Map<Integer, byte[]> elements, int tag, int value) {
    elements.put(tag, new byte[] {(byte) value, (byte) (value >>> 8)});
  }
}
