package org.osteon.batch;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.image.Region;

/**
 * A device whose logits are the first and last byte of each plane, and which can be made to fail in
 * the ways that real ones do.
 */
final class EchoDevice implements BatchPredictor.Factory {
  static final int PLANE = 4;

  final List<Integer> batchSizes = new CopyOnWriteArrayList<>();

  /** Fails each call that holds this byte. */
  volatile int poison = -1;

  /** Answers NaN for this byte. */
  volatile int notANumber = -1;

  /** Has no memory for more than this many images. */
  volatile int memory = Integer.MAX_VALUE;

  /** Calls that found no memory. */
  final AtomicInteger memoryMissed = new AtomicInteger();

  /** Where it says of each plane that something is; null where it does not say. */
  volatile @Nullable Region region;

  volatile boolean dead;

  /** Ends its thread, as a library that cannot be linked does. */
  volatile boolean broken;

  /** While there is one, calls wait for it, as on a device that hangs. */
  volatile @Nullable CountDownLatch hangs;

  @Override
  public BatchPredictor open() {
    return new BatchPredictor() {
      @Override
      public Answers predict(ByteBuffer planes, int count) {
        return EchoDevice.this.predict(planes, count);
      }

      @Override
      public void close() {}
    };
  }

  private BatchPredictor.Answers predict(ByteBuffer planes, int count) {
    CountDownLatch latch = hangs;
    if (latch != null) {
      await(latch);
    }
    if (broken) {
      throw new UnsatisfiedLinkError("a symbol is missing");
    }
    if (dead) {
      throw new IllegalStateException("device-side assert");
    }
    if (count > memory) {
      memoryMissed.incrementAndGet();
      throw new OutOfDeviceMemoryException("too many", new RuntimeException());
    }
    float[][] logits = new float[count][];
    for (int i = 0; i < count; i++) {
      int first = Byte.toUnsignedInt(planes.get(planes.position() + i * PLANE));
      int last = Byte.toUnsignedInt(planes.get(planes.position() + (i + 1) * PLANE - 1));
      if (first == poison) {
        throw new IllegalStateException("the kernel trips over this plane");
      }
      logits[i] = new float[] {first == notANumber ? Float.NaN : first, last};
    }
    batchSizes.add(count);
    Region found = region;
    return new BatchPredictor.Answers(
        logits, found == null ? null : Collections.nCopies(count, List.of(found)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
