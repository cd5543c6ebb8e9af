package org.osteon.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts in pipes between processes of ours: their length in bytes, big-endian, and UTF-8. */
public final class PipeText {
  /** Bytes of the longest text that is read. */
  public static final int LONGEST = 1 << 20;

  private PipeText() {}

  /** Writes one, of {@link #LONGEST} bytes at most. */
  public static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * @throws IOException it is longer than any of ours, or ends early
   */
  public static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("A text of " + length + " bytes is none of ours.");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
