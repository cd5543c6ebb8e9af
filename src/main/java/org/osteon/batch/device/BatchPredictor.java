package org.osteon.batch.device;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.Region;

/**
 * The model on its device, as one inference thread sees it.
 *
 * <p><b>Threading.</b> Opened, called and closed by one thread; the pipeline opens one for each.
 */
public interface BatchPredictor extends AutoCloseable {
  /**
   * Calls the model once, or in a few pieces where the device likes that better.
   *
   * @param planes direct buffer of {@code uint8 [count, H, W]}, from its position on; not changed
   * @param count planes, 1 to the largest batch
   * @throws OutOfDeviceMemoryException where fewer planes at once may work
   * @throws DeviceLostException where no call will be answered any more
   * @throws RuntimeException where the call failed otherwise
   */
  Answers predict(ByteBuffer planes, int count);

  @Override
  void close();

  /**
   * What the model says of the planes of a call, in their order.
   *
   * @param logits {@code float32 [count][K]}
   * @param regions of each plane where it would be if something were there, in parts of the plane,
   *     the surest first; null where the version does not say
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the caller
  record Answers(float[][] logits, @Nullable List<List<Region>> regions) {
    /** Of a version that does not say where. */
    public static Answers of(float[][] logits) {
      return new Answers(logits, null);
    }

    /** Of one plane. */
    public @Nullable List<Region> regions(int plane) {
      return regions == null ? null : regions.get(plane);
    }
  }

  /** Opens a predictor for the calling thread. */
  @FunctionalInterface
  interface Factory {
    BatchPredictor open();
  }
}
