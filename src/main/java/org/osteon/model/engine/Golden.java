package org.osteon.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;

/**
 * A version's golden inputs and what its graph answers to them where it was made, ± what the
 * manifest allows the variant that runs.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Golden {
  private final ByteBuffer inputs;
  private final float[] outputs;
  private final List<String> classes;
  private final double tolerance;
  private final int count;

  private Golden(ByteBuffer inputs, float[] outputs, List<String> classes, double tolerance) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.classes = classes;
    this.tolerance = tolerance;
    this.count = outputs.length / classes.size();
  }

  /**
   * Reads a version's golden file.
   *
   * @param manager of the arrays while they are read
   * @throws ModelRefusedException where the file or the manifest does not give them
   */
  static Golden read(ModelVersion version, String precision, NDManager manager) {
    ModelManifest.Golden golden = version.manifest().golden();
    Double tolerance = golden.tolerance().get(precision);
    if (tolerance == null) {
      throw refused(version, "its manifest gives no tolerance for " + precision);
    }
    Path file = version.folder().resolve(golden.file());
    try (InputStream in = Files.newInputStream(file);
        NDManager own = manager.newSubManager(ai.djl.Device.cpu())) {
      NDList arrays = NDList.decode(own, in);
      NDArray inputs = named(version, arrays, golden.inputs());
      NDArray outputs = named(version, arrays, golden.outputs());
      List<String> classes = version.manifest().classes();
      if (outputs.getShape().size() != inputs.getShape().get(0) * classes.size()) {
        throw refused(version, "its golden outputs have the shape " + outputs.getShape());
      }
      ByteBuffer bytes = inputs.toByteBuffer();
      ByteBuffer planes = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
      return new Golden(planes, outputs.toFloatArray(), classes, tolerance);
    } catch (IOException e) {
      throw new ModelRefusedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** How many inputs there are. */
  int count() {
    return count;
  }

  /**
   * Inputs for one call: those from {@code first} on, and from the beginning again where they are
   * fewer than the call takes.
   *
   * @return {@code uint8 [size, 1, H, W]}
   */
  ByteBuffer planes(int first, int size) {
    int plane = inputs.capacity() / count;
    ByteBuffer planes = ByteBuffer.allocateDirect(size * plane);
    for (int i = 0; i < size; i++) {
      planes.put(inputs.slice((first + i) % count * plane, plane));
    }
    return planes.flip();
  }

  /**
   * What is wrong with the answer to {@link #planes}, or null.
   *
   * @param found logits {@code [size, classes]}, row by row
   */
  @Nullable String fault(int first, float[] found) {
    for (int i = 0; i < found.length; i++) {
      int input = (first + i / classes.size()) % count;
      int label = i % classes.size();
      float want = outputs[input * classes.size() + label];
      if (!(Math.abs(found[i] - want) <= tolerance)) {
        return "for golden input %d it gives the logit %.5f for %s where %.5f ± %s is right"
            .formatted(input, found[i], classes.get(label), want, tolerance);
      }
    }
    return null;
  }

  /** A version that does not answer as it should. */
  static ModelRefusedException refused(ModelVersion version, String why) {
    return new ModelRefusedException(
        "Model version " + version.folder() + " is refused: " + why + ".");
  }

  private static NDArray named(ModelVersion version, NDList arrays, String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw refused(version, "its golden file has no array named " + name);
    }
    return array;
  }
}
