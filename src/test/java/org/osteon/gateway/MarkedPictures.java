package org.osteon.gateway;

import static org.osteon.gateway.Marks.MARK;
import static org.osteon.gateway.Marks.ascii;
import static org.osteon.gateway.Marks.find;
import static org.osteon.gateway.Marks.joined;
import static org.osteon.gateway.Marks.marks;
import static org.osteon.gateway.Marks.segment;
import static org.osteon.gateway.Marks.with;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.HandmadePng;

/** JPEGs and PNGs with a mark in every place that can take one, by the name of the place. */
final class MarkedPictures {
  private MarkedPictures() {}

  /** A drawn picture as OpenCV writes it. */
  static byte[] jpeg(byte[] drawn, boolean colour, int... parameters) {
    try (BytePointer bytes = new BytePointer(drawn);
        Mat file = new Mat(1, drawn.length, org.bytedeco.opencv.global.opencv_core.CV_8UC1, bytes);
        Mat picture =
            opencv_imgcodecs.imdecode(
                file, colour ? opencv_imgcodecs.IMREAD_COLOR : opencv_imgcodecs.IMREAD_GRAYSCALE);
        BytePointer out = new BytePointer();
        IntPointer how = new IntPointer(parameters)) {
      opencv_imgcodecs.imencode(".jpg", picture, out, how);
      byte[] jpeg = new byte[(int) out.limit()];
      out.get(jpeg);
      return jpeg;
    }
  }

  static Map<String, byte[]> jpegs(byte[] drawn) {
    Map<String, byte[]> marked = new TreeMap<>();
    byte[] grey = jpeg(drawn, false);
    byte[] colour = jpeg(drawn, true);
    byte[] progressive = jpeg(drawn, true, opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
    byte[] restarts = jpeg(drawn, true, opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 3);
    for (Map.Entry<String, byte[]> kind :
        Map.of("grey", grey, "colour", colour, "progressive", progressive, "restarts", restarts)
            .entrySet()) {
      String name = "jpeg " + kind.getKey() + ": ";
      byte[] jpeg = kind.getValue();
      int end = jpeg.length - 2;
      marked.put(name + "nothing", jpeg);
      marked.put(name + "comment", with(jpeg, 2, segment(0xFE, MARK)));
      for (int app = 0xE0; app <= 0xEF; app++) {
        marked.put(name + "segment " + Integer.toHexString(app), with(jpeg, 2, segment(app, MARK)));
      }
      marked.put(name + "behind the end", joined(jpeg, MARK));
      marked.put(name + "behind the scan", with(jpeg, end, MARK));
      marked.put(name + "comment behind the scan", with(jpeg, end, segment(0xFE, MARK)));
      marked.put(name + "before the first segment", with(jpeg, 2, MARK));
      marked.put(name + "segment f0", with(jpeg, 2, segment(0xF0, MARK)));
      marked.put(
          name + "table of no component", with(jpeg, 2, segment(0xDB, new byte[] {3}, marks(64))));
      byte[] counts = new byte[16];
      counts[7] = (byte) MARK.length;
      marked.put(
          name + "code table of no scan",
          with(jpeg, 2, segment(0xC4, new byte[] {0x13}, counts, MARK)));
      marked.put(name + "symbols that no code has", symbols(jpeg));
    }
    marked.put("jpeg grey: thumbnail", with(grey, 2, thumbnail()));
    marked.put(
        "jpeg grey: Adobe's with a tail",
        with(grey, 2, segment(0xEE, ascii("Adobe\\0d\\0\\0\\0\\0\\0".replace("\\0", "\0")), MARK)));
    marked.put("jpeg grey: EXIF with an orientation", with(grey, 2, segment(0xE1, exif(), MARK)));
    int scan = find(progressive, 0xFFDA);
    int second =
        scan + 2 + find(Arrays.copyOfRange(progressive, scan + 2, progressive.length), 0xFFDA);
    marked.put("jpeg progressive: between scans", with(progressive, second, segment(0xFE, MARK)));
    marked.put("jpeg restarts: before a restart", with(restarts, find(restarts, 0xFFD0), MARK));
    marked.put(
        "jpeg restarts: intervals too many",
        with(restarts, restarts.length - 2, joined(new byte[] {(byte) 0xFF, (byte) 0xD0}, MARK)));
    return marked;
  }

  /** The last table of codes with more symbols than there were, the new ones of 16 bits. */
  private static byte[] symbols(byte[] jpeg) {
    int at = find(jpeg, 0xFFC4);
    int length = (jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF);
    byte[] counts = Arrays.copyOfRange(jpeg, at + 5, at + 21);
    int total = 0;
    for (byte count : counts) {
      total += count & 0xFF;
    }
    counts[15] = (byte) (counts[15] + MARK.length);
    byte[] table =
        joined(
            new byte[] {jpeg[at + 4]}, counts, Arrays.copyOfRange(jpeg, at + 21, at + 21 + total));
    return joined(
        Arrays.copyOf(jpeg, at),
        segment(0xC4, table, MARK, Arrays.copyOfRange(jpeg, at + 21 + total, at + 2 + length)),
        Arrays.copyOfRange(jpeg, at + 2 + length, jpeg.length));
  }

  private static byte[] thumbnail() {
    byte[] head = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 2, 4};
    return segment(0xE0, head, marks(24));
  }

  private static byte[] exif() {
    byte[] tiff = {
      'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6,
      0, 0, 0, 0, 0, 0
    };
    return tiff;
  }

  static Map<String, byte[]> pngs() {
    Map<String, byte[]> marked = new TreeMap<>();
    byte[] rows = HandmadePng.rows(8, (x, y) -> new int[] {(x * 7 + y * 3) & 255});
    for (String name :
        "tEXt zTXt iTXt eXIf iCCP gAMA sBIT tRNS cHRM sRGB pHYs tIME hIST sPLT bKGD acTL fcTL fdAT prVt IDAT IEND"
            .split(" ")) {
      marked.put("png chunk " + name, png(name, rows));
    }
    byte[] plain = grey().data(rows).end();
    marked.put("png: nothing", plain);
    marked.put("png: behind the end", joined(plain, MARK));
    marked.put("png: rows too many", grey().data(joined(rows, marks(500))).end());
    marked.put(
        "png: behind the deflated rows", grey().chunk("IDAT", joined(deflated(rows), MARK)).end());
    marked.put(
        "png: stored rows with a mark before them",
        grey().chunk("IDAT", deflated(rows)).chunk("IDAT", MARK).end());
    byte[] colours = marks(768);
    colours[0] = 1;
    byte[] indices = HandmadePng.rows(8, (x, y) -> new int[] {(x + y) % 2 * 255});
    marked.put("png: colours of no pixel", indexed(8).chunk("PLTE", colours).data(indices).end());
    marked.put(
        "png: transparency of no pixel",
        indexed(8).chunk("PLTE", colours).chunk("tRNS", marks(255)).data(indices).end());
    marked.put("png: bits, nothing", oneBit(false));
    marked.put("png: bits behind the last pixel", oneBit(true));
    return marked;
  }

  /** Rows of 65 pixels, of which the last byte holds one. */
  private static byte[] oneBit(boolean mark) {
    byte[] bits = new byte[64 * 10];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          (byte)
              (i % 10 == 0 ? 0 : i % 10 < 9 ? i * 31 : mark ? MARK[i / 10 % MARK.length] & 127 : 0);
    }
    return new HandmadePng().header(65, 64, 1, 0).data(bits).end();
  }

  private static HandmadePng grey() {
    return new HandmadePng().header(width(), height(), 8, 0);
  }

  private static HandmadePng indexed(int bits) {
    return new HandmadePng().header(width(), height(), bits, 3);
  }

  private static int width() {
    return org.osteon.image.DecodedPlane.SAME_SIZE.width();
  }

  private static int height() {
    return org.osteon.image.DecodedPlane.SAME_SIZE.height();
  }

  private static byte[] png(String chunk, byte[] rows) {
    HandmadePng png = grey();
    return switch (chunk) {
      case "IEND" -> png.data(rows).chunk("IEND", MARK).end();
      case "IDAT" -> png.data(rows).chunk("IDAT", MARK).end();
      default -> png.chunk(chunk, MARK).data(rows).chunk(chunk, MARK).end();
    };
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] some = new byte[1024];
    while (!deflater.finished()) {
      out.write(some, 0, deflater.deflate(some));
    }
    deflater.end();
    return out.toByteArray();
  }
}
