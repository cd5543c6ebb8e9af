package org.osteon.model.isolated;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.image.Region;
import org.osteon.process.PipeText;

/**
 * What goes through the pipes of a version's process. It begins by saying that it can be asked, or
 * why not; then one request and one answer at a time. Whole numbers are big-endian, texts are their
 * length in bytes and UTF-8.
 *
 * <pre>
 * first     0, precision, device      it can be asked
 *           1, sentence               refused
 * request   int count, the planes     uint8 [count, H, W]
 * answer    2, the logits, regions    float32 [count, K]; of each plane a byte, how many, -1 where
 *                                     the version does not say, and five doubles each
 *           3, sentence               no memory for so many
 *           4, sentence               the call failed
 * </pre>
 */
final class ModelWire {
  private static final int READY = 0;
  private static final int REFUSED = 1;
  private static final int ANSWERED = 2;
  private static final int NO_MEMORY = 3;
  private static final int FAILED = 4;
  private static final int NOT_SAID = -1;

  /** A pipe's own size. */
  private static final int CHUNK = 1 << 16;

  private ModelWire() {}

  /** What a process says first: what it runs, or why it runs nothing. */
  record First(String precision, String device, String refusal) {}

  static void ready(DataOutputStream out, String precision, String device) throws IOException {
    out.writeByte(READY);
    PipeText.write(out, precision);
    PipeText.write(out, device);
    out.flush();
  }

  static void refused(DataOutputStream out, String sentence) throws IOException {
    out.writeByte(REFUSED);
    PipeText.write(out, sentence);
    out.flush();
  }

  static First first(DataInputStream in) throws IOException {
    return switch (in.readUnsignedByte()) {
      case READY -> new First(PipeText.read(in), PipeText.read(in), "");
      case REFUSED -> new First("", "", PipeText.read(in));
      default -> throw new IOException("It does not begin as a version's process does.");
    };
  }

  /**
   * @param planes from its position on; not changed
   */
  static void request(DataOutputStream out, ByteBuffer planes, int count, int bytes)
      throws IOException {
    out.writeInt(count);
    ByteBuffer left = planes.slice(planes.position(), bytes);
    byte[] chunk = new byte[CHUNK];
    while (left.hasRemaining()) {
      int length = Math.min(CHUNK, left.remaining());
      left.get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
    out.flush();
  }

  /** Fills a buffer from its beginning and flips it. */
  static void planes(DataInputStream in, ByteBuffer into, int bytes) throws IOException {
    into.clear();
    byte[] chunk = new byte[CHUNK];
    int left = bytes;
    while (left > 0) {
      int length = Math.min(CHUNK, left);
      in.readFully(chunk, 0, length);
      into.put(chunk, 0, length);
      left -= length;
    }
    into.flip();
  }

  static void answered(DataOutputStream out, BatchPredictor.Answers answers) throws IOException {
    out.writeByte(ANSWERED);
    for (float[] row : answers.logits()) {
      for (float logit : row) {
        out.writeFloat(logit);
      }
    }
    for (int i = 0; i < answers.logits().length; i++) {
      regions(out, answers.regions(i));
    }
    out.flush();
  }

  private static void regions(DataOutputStream out, @Nullable List<Region> regions)
      throws IOException {
    out.writeByte(regions == null ? NOT_SAID : regions.size());
    for (Region each : regions == null ? List.<Region>of() : regions) {
      out.writeDouble(each.x0());
      out.writeDouble(each.y0());
      out.writeDouble(each.x1());
      out.writeDouble(each.y1());
      out.writeDouble(each.score());
    }
  }

  static void failed(DataOutputStream out, RuntimeException failure) throws IOException {
    out.writeByte(failure instanceof OutOfDeviceMemoryException ? NO_MEMORY : FAILED);
    String said = String.valueOf(failure.getMessage());
    PipeText.write(out, said.substring(0, Math.min(said.length(), PipeText.LONGEST / 4)));
    out.flush();
  }

  /**
   * @throws OutOfDeviceMemoryException fewer planes may work
   * @throws IllegalStateException the call failed
   * @throws IOException that is no answer, or there is none
   */
  static BatchPredictor.Answers answer(DataInputStream in, int count, int classes)
      throws IOException {
    int kind = in.readUnsignedByte();
    if (kind == ANSWERED) {
      float[][] logits = new float[count][classes];
      for (float[] row : logits) {
        for (int k = 0; k < classes; k++) {
          row[k] = in.readFloat();
        }
      }
      return new BatchPredictor.Answers(logits, regions(in, count));
    }
    if (kind == NO_MEMORY) {
      throw new OutOfDeviceMemoryException(PipeText.read(in));
    }
    if (kind == FAILED) {
      throw new IllegalStateException(PipeText.read(in));
    }
    throw new IOException("An answer begins with 2, 3 or 4, not " + kind);
  }

  private static @Nullable List<List<Region>> regions(DataInputStream in, int count)
      throws IOException {
    List<List<Region>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int many = in.readByte();
      if (many == NOT_SAID) {
        continue;
      }
      List<Region> regions = new ArrayList<>();
      for (int n = 0; n < many; n++) {
        regions.add(
            new Region(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble()));
      }
      all.add(regions);
    }
    return all.isEmpty() ? null : all;
  }
}
