package org.osteon.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osteon.batch.device.BatchPredictor;

/**
 * Asks a loaded graph for the golden outputs. A graph, an engine or a machine that answers
 * otherwise than where the version was made gives wrong classifications without a word; this is the
 * word.
 */
final class GoldenCheck {
  private GoldenCheck() {}

  /**
   * @throws ModelRefusedException where an output is further from its golden one than the manifest
   *     allows
   */
  static void run(ModelVersion version, DjlModel model, String precision) {
    ModelManifest.Golden golden = version.manifest().golden();
    Double tolerance = golden.tolerance().get(precision);
    if (tolerance == null) {
      throw refused(version, "its manifest gives no tolerance for " + precision);
    }
    Path file = version.folder().resolve(golden.file());
    try (InputStream in = Files.newInputStream(file);
        NDManager manager = model.djl().getNDManager().newSubManager(ai.djl.Device.cpu())) {
      NDList arrays = NDList.decode(manager, in);
      NDArray inputs = named(version, arrays, golden.inputs());
      NDArray outputs = named(version, arrays, golden.outputs());
      int count = (int) inputs.getShape().get(0);
      ByteBuffer bytes = inputs.toByteBuffer();
      ByteBuffer planes = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
      compare(version, predict(model, planes, count), outputs, tolerance);
    } catch (IOException e) {
      throw new ModelRefusedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static float[][] predict(DjlModel model, ByteBuffer planes, int count) {
    try (BatchPredictor predictor = model.coldPredictor(count)) {
      return predictor.predict(planes, count);
    }
  }

  private static void compare(
      ModelVersion version, float[][] found, NDArray outputs, double tolerance) {
    int classes = version.manifest().classes().size();
    if (outputs.getShape().size() != (long) found.length * classes) {
      throw refused(version, "its golden outputs have the shape " + outputs.getShape());
    }
    float[] wanted = outputs.toFloatArray();
    for (int i = 0; i < found.length; i++) {
      for (int k = 0; k < classes; k++) {
        float want = wanted[i * classes + k];
        if (!(Math.abs(found[i][k] - want) <= tolerance)) {
          throw refused(
              version,
              "for golden input %d it gives the logit %.5f for %s where %.5f ± %s is right"
                  .formatted(i, found[i][k], version.manifest().classes().get(k), want, tolerance));
        }
      }
    }
  }

  private static NDArray named(ModelVersion version, NDList arrays, String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw refused(version, "its golden file has no array named " + name);
    }
    return array;
  }

  private static ModelRefusedException refused(ModelVersion version, String why) {
    return new ModelRefusedException(
        "Model version " + version.folder() + " is refused: " + why + ".");
  }
}
