package org.osteon.model.engine;

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
import java.util.Arrays;
import java.util.Optional;
import org.osteon.image.InputSpec;

/**
 * Asks a graph where it looked: for one plane at a time, beside the logits, its class-activation
 * maps. For people who look at a report; serving ignores them.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Explainer implements AutoCloseable {
  private final Predictor<ByteBuffer, Optional<Maps>> predictor;

  Explainer(DjlModel model) {
    this.predictor = model.djl().newPredictor(new PlaneToMaps(model.inputSpec()));
  }

  /**
   * Activation of each class in each part of the plane.
   *
   * @param values {@code float32 [K][h × w]}, rows after one another
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the caller
  public record Maps(float[][] values, int height, int width) {}

  /**
   * @param plane direct buffer of {@code uint8 [H, W]}
   * @return empty where the graph has no maps
   */
  public Optional<Maps> explain(ByteBuffer plane) {
    try {
      return predictor.predict(plane);
    } catch (TranslateException e) {
      throw new IllegalStateException("The model failed: " + DjlModel.firstLine(e), e);
    }
  }

  @Override
  public void close() {
    predictor.close();
  }

  private record PlaneToMaps(InputSpec spec)
      implements NoBatchifyTranslator<ByteBuffer, Optional<Maps>> {
    @Override
    public NDList processInput(TranslatorContext context, ByteBuffer plane) {
      ByteBuffer data = plane.duplicate().order(ByteOrder.nativeOrder());
      Shape shape = new Shape(1, 1, spec.height(), spec.width());
      return new NDList(context.getNDManager().create(data, shape, DataType.UINT8));
    }

    @Override
    public Optional<Maps> processOutput(TranslatorContext context, NDList list) {
      if (list.size() < 2) {
        return Optional.empty();
      }
      NDArray maps = list.get(1);
      int classes = (int) maps.getShape().get(1);
      int height = (int) maps.getShape().get(2);
      int width = (int) maps.getShape().get(3);
      float[] all = maps.toFloatArray();
      float[][] values = new float[classes][];
      for (int k = 0; k < classes; k++) {
        values[k] = Arrays.copyOfRange(all, k * height * width, (k + 1) * height * width);
      }
      return Optional.of(new Maps(values, height, width));
    }
  }
}
