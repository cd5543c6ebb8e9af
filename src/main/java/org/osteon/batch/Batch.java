package org.osteon.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.contract.Urgency;

/**
 * Planes side by side in one direct buffer, {@code uint8 [N, H, W]}, and whose they are.
 *
 * <p><b>Threading.</b> Rows are claimed and counted under the assembler's lock; each row's bytes
 * are written by the one decoder that claimed it, and read after the lock said that all are there.
 */
final class Batch {
  private final ByteBuffer planes;
  private final int planeBytes;
  private final @Nullable InFlight[] rows;
  private int claimed;
  private int finished;
  private long oldestNanos;
  private long openedNanos;
  private boolean stat;
  PipelineListener.FlushReason leave = PipelineListener.FlushReason.FULL;

  Batch(int maxSize, int planeBytes) {
    this.planes = ByteBuffer.allocateDirect(maxSize * planeBytes).order(ByteOrder.nativeOrder());
    this.planeBytes = planeBytes;
    this.rows = new InFlight[maxSize];
  }

  int claim(InFlight image) {
    if (claimed == 0) {
      openedNanos = System.nanoTime();
    }
    if (claimed == 0 || image.submittedNanos - oldestNanos < 0) {
      oldestNanos = image.submittedNanos;
    }
    stat |= image.handling.urgency() == Urgency.STAT;
    rows[claimed] = image;
    return claimed++;
  }

  /** The row is written, or (a hole) will never be. */
  void finish(int row, boolean hole) {
    finished++;
    if (hole) {
      rows[row] = null;
    }
  }

  boolean complete() {
    return finished == claimed;
  }

  boolean full() {
    return claimed == rows.length;
  }

  boolean empty() {
    return claimed == 0;
  }

  boolean hasStat() {
    return stat;
  }

  long oldestNanos() {
    return oldestNanos;
  }

  /** When its first row was claimed. */
  long openedNanos() {
    return openedNanos;
  }

  int size() {
    return claimed;
  }

  @Nullable InFlight row(int index) {
    return rows[index];
  }

  /** The planes of rows {@code from} up to but not including {@code to}. */
  ByteBuffer planes(int from, int to) {
    return planes.slice(from * planeBytes, (to - from) * planeBytes).order(planes.order());
  }

  /** Moves the rows that are there to the front, so that no hole reaches the device. */
  void closeHoles() {
    int kept = 0;
    for (int i = 0; i < claimed; i++) {
      InFlight image = rows[i];
      if (image == null) {
        continue;
      }
      if (kept != i) {
        planes.put(kept * planeBytes, planes, i * planeBytes, planeBytes);
        rows[kept] = image;
      }
      kept++;
    }
    Arrays.fill(rows, kept, claimed, null);
    claimed = kept;
    finished = kept;
  }

  void reset() {
    Arrays.fill(rows, null);
    claimed = 0;
    finished = 0;
    stat = false;
  }
}
