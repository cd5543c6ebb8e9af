package org.osteon.model.engine;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.image.InputSpec;
import org.osteon.image.Region;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;

/**
 * Calls a graph with batches of a few fixed sizes, the powers of two, each warmed: on a CPU a batch
 * of another size goes in pieces (11 = 8 + 2 + 1), because there a padded row costs as much as a
 * real one; on a GPU it is padded, because there a second call costs more.
 *
 * <p>Each size is another kernel, and one may be wrong where the others are right: oneDNN 3.7 was
 * seen to answer to 16 images at once with other classes than to 8, on a CPU that hides its caches.
 * So warming asks the golden inputs at each size, and a batch goes in pieces of no more than the
 * largest size up to which all are right.
 *
 * <p><b>Threading.</b> One thread. DJL's predictor is not thread-safe.
 */
final class DjlPredictor implements BatchPredictor {
  private final Predictor<Planes, Raw> predictor;
  private final InputSpec spec;
  private final int classes;
  private final int maxSize;
  private final boolean pads;
  private final ByteBuffer padded;
  private final @Nullable RegionFinder finder;

  /** Images in the largest call. */
  private int largest;

  /** Planes of one call: {@code uint8 [size, 1, H, W]}. */
  private record Planes(ByteBuffer data, Shape shape) {}

  /**
   * What a call gives.
   *
   * @param logits {@code float32 [size × K]}
   * @param maps null where they are not asked for
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Raw(float[] logits, RegionFinder.@Nullable Maps maps) {}

  DjlPredictor(Model model, ModelManifest manifest, int maxSize, Device device) {
    ModelManifest.Regions regions = manifest.regions();
    this.finder = regions == null ? null : new RegionFinder(regions);
    this.predictor = model.newPredictor(new PlanesToRaw(finder != null), device);
    this.spec = manifest.inputSpec();
    this.classes = manifest.classes().size();
    this.maxSize = maxSize;
    this.pads = device.isGpu();
    this.padded = buffer(pads ? sizeFor(maxSize) * spec.planeBytes() : 0);
    this.largest = sizeFor(maxSize);
  }

  @Override
  public Answers predict(ByteBuffer planes, int count) {
    float[][] logits = new float[count][];
    List<List<Region>> regions = new ArrayList<>();
    int start = planes.position();
    int done = 0;
    while (done < count) {
      int left = count - done;
      int size = Math.min(largest, pads ? sizeFor(left) : Integer.highestOneBit(left));
      int rows = Math.min(size, left);
      ByteBuffer slice = planes.slice(start + done * spec.planeBytes(), rows * spec.planeBytes());
      Raw answer = call(rows < size ? pad(slice) : slice, size);
      for (int i = 0; i < rows; i++) {
        logits[done + i] = Arrays.copyOfRange(answer.logits, i * classes, (i + 1) * classes);
        if (finder != null && answer.maps != null) {
          regions.add(finder.of(answer.maps, i));
        }
      }
      done += rows;
    }
    return new Answers(logits, finder == null ? null : regions);
  }

  /**
   * Calls each fixed size, so that no image pays for what the engine does on first calls, and holds
   * what it answers to the golden outputs.
   *
   * @return what is wrong with the first size that is not to be called; null where all are right
   * @throws ModelRefusedException where a single image is answered otherwise
   */
  @Nullable String warmUp(ModelVersion version, Golden golden) {
    for (int size = 1; size <= sizeFor(maxSize); size *= 2) {
      ByteBuffer planes = golden.planes(0, size);
      // Once: with the profiling executor off, the engine makes each size's kernels at its first
      // call.
      String fault = golden.fault(0, call(planes, size).logits);
      if (fault != null && size == 1) {
        throw Golden.refused(version, fault);
      } else if (fault != null) {
        largest = size / 2;
        return fault;
      }
    }
    return null;
  }

  /** Images in the largest call that it makes. */
  int largest() {
    return largest;
  }

  @Override
  public void close() {
    predictor.close();
  }

  private Raw call(ByteBuffer planes, int size) {
    Shape shape = new Shape(size, 1, spec.height(), spec.width());
    try {
      Raw answer = predictor.predict(new Planes(planes, shape));
      if (answer.logits.length != size * classes) {
        throw new IllegalStateException(
            "The graph gave %d logits for %d × %d.".formatted(answer.logits.length, size, classes));
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
  private record PlanesToRaw(boolean asksForMaps) implements NoBatchifyTranslator<Planes, Raw> {
    @Override
    public NDList processInput(TranslatorContext context, Planes planes) {
      ByteBuffer data = planes.data().duplicate().order(ByteOrder.nativeOrder());
      data.limit((int) planes.shape().size());
      NDArray input = context.getNDManager().create(data, planes.shape(), DataType.UINT8);
      return new NDList(input);
    }

    @Override
    public Raw processOutput(TranslatorContext context, NDList list) {
      float[] logits = list.get(0).toFloatArray();
      if (!asksForMaps || list.size() < 2) {
        return new Raw(logits, null);
      }
      NDArray maps = list.get(1);
      Shape shape = maps.getShape();
      return new Raw(
          logits,
          new RegionFinder.Maps(
              maps.toFloatArray(), (int) shape.get(1), (int) shape.get(2), (int) shape.get(3)));
    }
  }
}
