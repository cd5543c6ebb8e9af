package org.osteon.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.image.InputSpec;

/**
 * Calls a graph with batches of a few fixed sizes, the powers of two, each warmed: on a CPU a batch
 * of another size goes in pieces (11 = 8 + 2 + 1), because there a padded row costs as much as a
 * real one; on a GPU it is padded, because there a second call costs more.
 *
 * <p><b>Threading.</b> One thread. DJL's predictor is not thread-safe.
 */
final class DjlPredictor implements BatchPredictor {
  private final Predictor<Planes, float[]> predictor;
  private final InputSpec spec;
  private final int classes;
  private final int maxSize;
  private final boolean pads;
  private final ByteBuffer padded;

  /** Planes of one call: {@code uint8 [size, 1, H, W]}. */
  private record Planes(ByteBuffer data, Shape shape) {}

  DjlPredictor(Model model, InputSpec spec, int classes, int maxSize, Device device) {
    this.predictor = model.newPredictor(new PlanesToLogits(), device);
    this.spec = spec;
    this.classes = classes;
    this.maxSize = maxSize;
    this.pads = device.isGpu();
    this.padded = buffer(pads ? sizeFor(maxSize) * spec.planeBytes() : 0);
  }

  @Override
  public float[][] predict(ByteBuffer planes, int count) {
    float[][] logits = new float[count][];
    int start = planes.position();
    int done = 0;
    while (done < count) {
      int left = count - done;
      int size = pads ? sizeFor(left) : Integer.highestOneBit(left);
      int rows = Math.min(size, left);
      ByteBuffer slice = planes.slice(start + done * spec.planeBytes(), rows * spec.planeBytes());
      float[] answer = call(rows < size ? pad(slice) : slice, size);
      for (int i = 0; i < rows; i++) {
        logits[done + i] = java.util.Arrays.copyOfRange(answer, i * classes, (i + 1) * classes);
      }
      done += rows;
    }
    return logits;
  }

  /** Calls each fixed size, so that no image pays for what the engine does on first calls. */
  void warmUp() {
    for (int size = 1; size <= sizeFor(maxSize); size *= 2) {
      ByteBuffer blank = buffer(size * spec.planeBytes());
      for (int i = 0; i < 2; i++) {
        call(blank, size);
      }
    }
  }

  @Override
  public void close() {
    predictor.close();
  }

  private float[] call(ByteBuffer planes, int size) {
    Shape shape = new Shape(size, 1, spec.height(), spec.width());
    try {
      float[] answer = predictor.predict(new Planes(planes, shape));
      if (answer.length != size * classes) {
        throw new IllegalStateException(
            "The graph gave " + answer.length + " logits for " + size + " × " + classes + ".");
      }
      return answer;
    } catch (TranslateException | RuntimeException e) {
      if (DeviceMemoryFault.isIn(e)) {
        throw new OutOfDeviceMemoryException("No memory for " + size + " images at once.", e);
      }
      throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
  }

  private ByteBuffer pad(ByteBuffer rows) {
    padded.clear();
    padded.put(rows);
    return padded.clear();
  }

  private static int sizeFor(int count) {
    int size = Integer.highestOneBit(count);
    return size == count ? size : size * 2;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Everything native belongs to the call's own manager, which DJL closes with the call. */
  private static final class PlanesToLogits implements NoBatchifyTranslator<Planes, float[]> {
    @Override
    public NDList processInput(TranslatorContext context, Planes planes) {
      ByteBuffer data = planes.data().duplicate().order(ByteOrder.nativeOrder());
      data.limit((int) planes.shape().size());
      NDArray input = context.getNDManager().create(data, planes.shape(), DataType.UINT8);
      return new NDList(input);
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList list) {
      return list.get(0).toFloatArray();
    }
  }
}
