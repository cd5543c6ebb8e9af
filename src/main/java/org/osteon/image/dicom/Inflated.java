package org.osteon.image.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.osteon.image.ImageFault;
import org.osteon.image.RejectedImageException;

/**
 * The beginning of a deflated data set (PS3.5 section A.5), inflated only as far as is asked for:
 * half a megabyte of it can claim half a gigabyte.
 */
final class Inflated {
  private static final int FIRST = 64 * 1024;

  private final InputStream in;
  private final long limit;
  private byte[] start = new byte[0];
  private boolean whole;

  /**
   * @param from where the deflated bytes begin
   * @param limit how many bytes are inflated at most
   */
  Inflated(byte[] bytes, int from, long limit) {
    this.in = stream(bytes, from);
    this.limit = limit;
  }

  /**
   * All from the beginning, four times as much as before.
   *
   * @throws RejectedImageException where that is more than the limit
   */
  byte[] more() throws RejectedImageException {
    if (start.length >= limit) {
      throw new RejectedImageException(
          ImageFault.TOO_MANY_BYTES,
          "The deflated header is longer than the %d bytes allowed.".formatted(limit));
    }
    int before = start.length;
    int wanted = (int) Math.min(limit, Math.max(FIRST, 4L * before));
    start = Arrays.copyOf(start, wanted);
    int got = readUpTo(in, start, before);
    if (got < wanted) {
      whole = true;
      start = Arrays.copyOf(start, got);
    }
    return start;
  }

  /** Whether there is nothing behind what {@link #more} gave last. */
  boolean isWhole() {
    return whole;
  }

  /** The inflated bytes from an offset on. */
  static InputStream stream(byte[] bytes, int from, long offset) throws RejectedImageException {
    InputStream in = stream(bytes, from);
    try {
      in.skipNBytes(offset);
      return in;
    } catch (IOException unreadable) {
      throw RejectedImageException.truncated("The deflated data ends before its pixels.");
    }
  }

  private static InputStream stream(byte[] bytes, int from) {
    return new InflaterInputStream(
        new ByteArrayInputStream(bytes, from, bytes.length - from), new Inflater(true), 16 * 1024);
  }

  private static int readUpTo(InputStream in, byte[] into, int from) throws RejectedImageException {
    try {
      return from + in.readNBytes(into, from, into.length - from);
    } catch (java.io.EOFException cut) {
      throw RejectedImageException.truncated("The deflated data ends before its end mark.");
    } catch (IOException broken) {
      throw RejectedImageException.corrupt("The deflated data cannot be inflated.");
    }
  }
}
