package org.osteon.batch.device;

import java.nio.ByteBuffer;

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
   * @return logits, {@code float32 [count][K]}
   * @throws OutOfDeviceMemoryException where fewer planes at once may work
   * @throws DeviceLostException where no call will be answered any more
   * @throws RuntimeException where the call failed otherwise
   */
  float[][] predict(ByteBuffer planes, int count);

  @Override
  void close();

  /** Opens a predictor for the calling thread. */
  @FunctionalInterface
  interface Factory {
    BatchPredictor open();
  }
}
