package org.osteon.gateway;

import static org.osteon.gateway.Marks.MARK;
import static org.osteon.gateway.Marks.even;
import static org.osteon.gateway.Marks.implicit;
import static org.osteon.gateway.Marks.marks;
import static org.osteon.gateway.Marks.segment;
import static org.osteon.gateway.Marks.with;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.testing.Dcmtk;

/** DICOM files of other makes with a mark in the codestream. */
final class MarkedDicomOfOthers {
  private MarkedDicomOfOthers() {}

  /** By the name of the place; none where the shared folder is not. */
  static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> marked = new TreeMap<>();
    Path shared = Dcmtk.root().resolve("../shared/data/dicom/radiograph").normalize();
    for (String name :
        new String[] {
          "pydicom_RG2_JPLL",
          "robyoung_RG3_JPLL",
          "pydicom_RG2_JPLY_fixed",
          "pydicom_RG2_JLSL",
          "robyoung_RG3_JLSN",
          "pydicom_RG1_J2KI",
          "pydicom_RG3_J2KR",
          "robyoung_RG2_RLE",
          "orthanc-mi_Monochrome1-Jpeg"
        }) {
      Path path = shared.resolve(name + ".dcm");
      if (!Files.exists(path)) {
        continue;
      }
      byte[] file = Files.readAllBytes(path);
      marked.put("dicom " + name + ": nothing", file);
      int pixels = start(file);
      boolean wide = name.contains("J2K");
      if (!name.contains("RLE")) {
        int first =
            item(
                file,
                pixels,
                wide ? new byte[] {(byte) 0xFF, 0x4F} : new byte[] {(byte) 0xFF, (byte) 0xD8});
        marked.put("dicom " + name + ": tail", longer(file, lastItem(file, pixels), -1, MARK));
        if (wide) {
          int behindSize =
              first + 8 + 4 + ((file[first + 12] & 0xFF) << 8 | (file[first + 13] & 0xFF));
          marked.put(
              "dicom " + name + ": comment",
              longer(file, first, behindSize, segment(0x64, new byte[] {0, 1}, MARK)));
          marked.put(
              "dicom " + name + ": registration",
              longer(file, first, behindSize, segment(0x63, marks(4), MARK)));
        } else {
          marked.put(
              "dicom " + name + ": comment", longer(file, first, first + 10, segment(0xFE, MARK)));
          marked.put(
              "dicom " + name + ": application",
              longer(file, first, first + 10, segment(0xE5, MARK)));
        }
      }
      byte[] fragment = implicit(0xFFFEE000, even(MARK));
      int end = file.length;
      byte[] delimiter = implicit(0xFFFEE0DD, new byte[0]);
      for (int i = pixels; i + 8 <= file.length; i++) {
        if (Arrays.equals(delimiter, 0, 8, file, i, i + 8)) {
          end = i;
        }
      }
      marked.put("dicom " + name + ": extra fragment", with(file, end, fragment));
    }
    return marked;
  }

  private static int start(byte[] file) {
    byte[] begin = {(byte) 0xE0, 0x7F, 0x10, 0, 'O'};
    for (int i = file.length - 5; i > 0; i--) {
      if (Arrays.equals(begin, 0, 5, file, i, i + 5)) {
        return i;
      }
    }
    throw new AssertionError("no pixels");
  }

  private static int item(byte[] file, int from, byte[] begin) {
    for (int i = from; i + 10 < file.length; i++) {
      if (file[i] == (byte) 0xFE
          && file[i + 1] == (byte) 0xFF
          && file[i + 2] == 0
          && file[i + 3] == (byte) 0xE0
          && file[i + 8] == begin[0]
          && file[i + 9] == begin[1]) {
        return i;
      }
    }
    throw new AssertionError("no such fragment");
  }

  /** The last fragment. */
  private static int lastItem(byte[] file, int pixels) {
    ByteBuffer numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int last = pixels + 12;
    for (int at = last; numbers.getInt(at) == 0xE000FFFE; at += 8 + numbers.getInt(at + 4)) {
      last = at;
    }
    return last;
  }

  /** An item with more in it. */
  private static byte[] longer(byte[] file, int item, int at, byte[] more) {
    ByteBuffer numbers = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int length = numbers.getInt(item + 4);
    byte[] even = even(more);
    byte[] longer =
        with(
            file,
            at < 0 ? item + 8 + length : at,
            even.length > more.length && at >= 0 ? more : even);
    if (even.length > more.length && at >= 0) {
      longer = with(longer, item + 8 + length + more.length, new byte[1]);
    }
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(item + 4, length + even.length);
    return longer;
  }
}
