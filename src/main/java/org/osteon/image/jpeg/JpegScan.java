package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;

/**
 * Walks through the codes of one scan as a decoder does, and makes no pixels: what it passes are
 * the scan's bits, what is left over is no part of it (ITU-T T.81 annexes F, G and H).
 */
final class JpegScan {
  private final JpegFrameHeader frame;
  private final List<Part> parts;
  private final int first;
  private final int last;
  private final boolean refines;
  private int endOfBand;

  /**
   * A component of the scan with its tables; null where the scan needs none.
   *
   * @param component index within the frame
   */
  record Part(int component, @Nullable CodeTable direct, @Nullable CodeTable alternating) {}

  /**
   * @param first coefficient of the band, Ss; the predictor of a lossless scan
   * @param last coefficient of the band, Se
   * @param refines whether bits are added to what earlier scans said, Ah
   */
  JpegScan(JpegFrameHeader frame, List<Part> parts, int first, int last, boolean refines) {
    this.frame = frame;
    this.parts = parts;
    this.first = first;
    this.last = last;
    this.refines = refines;
  }

  /**
   * Walks from an interval to the next, and writes what it passed.
   *
   * @param interval MCUs between restart markers; 0 without
   * @return where the marker behind the scan begins
   */
  int rewrite(byte[] jpeg, int from, int interval, ByteArrayOutputStream out)
      throws RejectedImageException {
    long units = units();
    int at = from;
    long done = 0;
    for (int n = 0; done < units; n++) {
      int end = marker(jpeg, at);
      ScanBits bits = ScanBits.of(jpeg, at, end);
      endOfBand = 0;
      long until = interval == 0 ? units : Math.min(units, done + interval);
      for (; done < until; done++) {
        unit(bits, done);
      }
      bits.writeTo(out);
      at = end;
      if (done < units) {
        if ((jpeg[end + 1] & 0xFF) != 0xD0 + n % 8) {
          throw RejectedImageException.corrupt("A JPEG restart marker is missing.");
        }
        out.write(0xFF);
        out.write(jpeg[end + 1]);
        at = end + 2;
      }
    }
    // Restart markers too many, with what lies between them, are passed over.
    while ((jpeg[at + 1] & 0xF8) == 0xD0) {
      at = marker(jpeg, at + 2);
    }
    return at;
  }

  /** MCUs of the scan (section A.2). */
  private long units() {
    if (parts.size() == 1) {
      int component = parts.get(0).component;
      return (long) frame.blocksWide(component) * frame.blocksHigh(component);
    }
    return (long) frame.unitsWide() * frame.unitsHigh();
  }

  private void unit(ScanBits bits, long index) throws RejectedImageException {
    if (parts.size() == 1) {
      block(bits, parts.get(0), index);
      return;
    }
    for (Part part : parts) {
      for (int i = frame.blocksOfUnit(part.component); i > 0; i--) {
        block(bits, part, -1);
      }
    }
  }

  private void block(ScanBits bits, Part part, long index) throws RejectedImageException {
    switch (frame.process()) {
      case LOSSLESS -> {
        int size = needed(part.direct).next(bits);
        // A difference of 32,768 has no bits behind its code (table H.2).
        bits.skip(size == 16 ? 0 : bounded(size));
      }
      case SEQUENTIAL -> {
        bits.skip(bounded(needed(part.direct).next(bits)));
        coefficients(bits, needed(part.alternating));
      }
      case PROGRESSIVE -> {
        if (first == 0) {
          bits.skip(refines ? 1 : bounded(needed(part.direct).next(bits)));
        } else {
          long[] known = frame.known(part.component);
          int at = (int) index;
          known[at] =
              refines
                  ? refined(bits, needed(part.alternating), known[at])
                  : band(bits, needed(part.alternating), known[at]);
        }
      }
    }
  }

  private static void coefficients(ScanBits bits, CodeTable table) throws RejectedImageException {
    for (int k = 1; k < 64; k++) {
      int symbol = table.next(bits);
      int size = symbol & 0xF;
      if (size == 0 && symbol >> 4 != 15) {
        return;
      }
      k += symbol >> 4;
      if (k > 63) {
        throw tooMany();
      }
      bits.skip(size);
    }
  }

  /** Section G.1.2.2; the coefficients that are not zero, as bits. */
  private long band(ScanBits bits, CodeTable table, long before) throws RejectedImageException {
    long known = before;
    if (endOfBand > 0) {
      endOfBand--;
      return known;
    }
    for (int k = first; k <= last; k++) {
      int symbol = table.next(bits);
      int run = symbol >> 4;
      int size = symbol & 0xF;
      if (size == 0 && run < 15) {
        endOfBand = (1 << run) - 1 + bits.take(run);
        break;
      }
      k += run;
      if (size > 0) {
        if (k > last) {
          throw tooMany();
        }
        bits.skip(size);
        known |= 1L << k;
      }
    }
    return known;
  }

  /** Section G.1.2.3: one bit more of each that is known, and those that become known now. */
  private long refined(ScanBits bits, CodeTable table, long before) throws RejectedImageException {
    long known = before;
    int k = first;
    if (endOfBand == 0) {
      for (; k <= last; k++) {
        int symbol = table.next(bits);
        int run = symbol >> 4;
        boolean becomes = (symbol & 0xF) != 0;
        if (!becomes && run < 15) {
          endOfBand = (1 << run) + bits.take(run);
          break;
        }
        bits.skip(becomes ? 1 : 0);
        for (; k <= last; k++) {
          if ((known >> k & 1) != 0) {
            bits.skip(1);
          } else if (run-- == 0) {
            break;
          }
        }
        if (becomes && k <= last) {
          known |= 1L << k;
        }
      }
    }
    if (endOfBand > 0) {
      for (; k <= last; k++) {
        bits.skip((int) (known >> k & 1));
      }
      endOfBand--;
    }
    return known;
  }

  private static int bounded(int size) throws RejectedImageException {
    if (size > 15) {
      throw RejectedImageException.corrupt("A JPEG coefficient claims %d bits.".formatted(size));
    }
    return size;
  }

  private static CodeTable needed(@Nullable CodeTable table) throws RejectedImageException {
    if (table == null) {
      throw RejectedImageException.corrupt("The JPEG lacks a table that its scan names.");
    }
    return table;
  }

  private static RejectedImageException tooMany() {
    return RejectedImageException.corrupt("A JPEG block has too many coefficients.");
  }

  /** The next marker, restart markers among them, over fill bytes. */
  private static int marker(byte[] jpeg, int from) throws RejectedImageException {
    for (int at = from; at + 1 < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xFF) {
        int code = jpeg[at + 1] & 0xFF;
        if (code != 0 && code != 0xFF) {
          return at;
        }
        at += code == 0 ? 1 : 0;
      }
    }
    throw RejectedImageException.truncated("The JPEG ends without its end marker.");
  }
}
