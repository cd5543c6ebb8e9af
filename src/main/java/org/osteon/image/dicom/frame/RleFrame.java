package org.osteon.image.dicom.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** RLE compressed frames (PS3.5 annex G): PackBits, one segment for each byte of each sample. */
final class RleFrame {
  private static final int HEADER = 64;

  /** A run of 128 values takes two bytes. */
  private static final int MOST_VALUES_A_BYTE = 64;

  private RleFrame() {}

  /** Plane by plane, values of two bytes in big endian. */
  static byte[] decode(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    ByteReader in = new ByteReader(frame, ByteOrder.LITTLE_ENDIAN);
    int step = pixels.sampleBytes();
    int segments = pixels.samples() * step;
    if (in.u32(0) != segments) {
      throw RejectedImageException.corrupt(
          "RLE has %d segments where the pixels need %d.".formatted(in.u32(0), segments));
    }
    long wanted = (long) pixels.pixels() * segments;
    if (wanted > (long) frame.length * MOST_VALUES_A_BYTE) {
      throw RejectedImageException.truncated(
          "%d bytes of RLE cannot hold %d values.".formatted(frame.length, wanted));
    }
    byte[] out = new byte[Math.toIntExact(wanted)];
    for (int i = 0; i < segments; i++) {
      long from = in.u32(4 + 4L * i);
      long to = i + 1 < segments ? in.u32(8 + 4L * i) : frame.length;
      if (from < HEADER || to > frame.length || from > to) {
        throw RejectedImageException.truncated("An RLE segment lies outside of its frame.");
      }
      // Most significant bytes come first: segment i is byte i % step of sample i / step.
      int start = i / step * pixels.pixels() * step + i % step;
      unpack(frame, (int) from, (int) to, out, start, step, pixels.pixels());
    }
    return out;
  }

  /** The same segments, each up to its last pixel, one behind the other. */
  static byte[] rewrite(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    ByteReader in = new ByteReader(frame, ByteOrder.LITTLE_ENDIAN);
    int segments = pixels.samples() * pixels.sampleBytes();
    if (in.u32(0) != segments) {
      throw RejectedImageException.corrupt(
          "RLE has %d segments where the pixels need %d.".formatted(in.u32(0), segments));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(frame.length);
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(segments);
    for (int i = 0; i < segments; i++) {
      long from = in.u32(4 + 4L * i);
      long to = i + 1 < segments ? in.u32(8 + 4L * i) : frame.length;
      if (from < HEADER || to > frame.length || from > to) {
        throw RejectedImageException.truncated("An RLE segment lies outside of its frame.");
      }
      header.putInt(HEADER + out.size());
      repack(frame, (int) from, (int) to, pixels.pixels(), out);
      out.writeBytes(new byte[out.size() % 2]);
    }
    byte[] whole = Arrays.copyOf(header.array(), HEADER + out.size());
    System.arraycopy(out.toByteArray(), 0, whole, HEADER, out.size());
    return whole;
  }

  private static void repack(byte[] in, int from, int to, int count, ByteArrayOutputStream out)
      throws RejectedImageException {
    int at = from;
    int done = 0;
    while (done < count) {
      int n = at < to ? in[at++] : 0;
      int run = n >= 0 ? n + 1 : 1 - n;
      int bytes = n >= 0 ? run : 1;
      if (at + bytes > to) {
        throw RejectedImageException.truncated("An RLE segment ends before its pixels.");
      }
      if (n == -128) {
        continue;
      }
      int used = Math.min(run, count - done);
      out.write(n >= 0 ? used - 1 : 1 - used);
      out.write(in, at, n >= 0 ? used : 1);
      at += bytes;
      done += used;
    }
  }

  private static void unpack(
      byte[] in, int from, int to, byte[] out, int start, int step, int count)
      throws RejectedImageException {
    int at = from;
    int done = 0;
    while (done < count) {
      if (at >= to) {
        throw RejectedImageException.truncated("An RLE segment ends before its pixels.");
      }
      int n = in[at++];
      if (n == -128) {
        continue;
      }
      int run = n >= 0 ? n + 1 : 1 - n;
      if (at + (n >= 0 ? run : 1) > to) {
        throw RejectedImageException.truncated("An RLE segment ends before its pixels.");
      }
      for (int i = 0; i < run && done < count; i++, done++) {
        out[start + done * step] = in[n >= 0 ? at + i : at];
      }
      at += n >= 0 ? run : 1;
    }
  }
}
