package org.osteon.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.testing.AlteredVersion;

/** Each size of a call is another kernel, and each is held to the golden outputs. */
class BatchSizesTest {
  private static final Path SMALL = ShippedModel.folder().resolveSibling("1");

  @TempDir Path folder;

  @BeforeAll
  static void engine() {
    DjlEngine.configure(Cpus.single());
  }

  @Test
  void sizesThatAreAnsweredOtherwiseAreNotCalled() throws Exception {
    ModelVersion version = AlteredVersion.CROWDED.of(ShippedModel.folder(), folder);
    try (DjlModel model = DjlModel.load(version, "cpu", "f32");
        BatchPredictor predictor = model.predictor(16)) {
      Golden golden = Golden.read(version, "f32", model.djl().getNDManager());
      assertThat(((DjlPredictor) predictor).largest()).isEqualTo(4);
      float[][] logits = predictor.predict(golden.planes(0, 13), 13).logits();
      for (int i = 0; i < logits.length; i++) {
        assertThat(golden.fault(i, logits[i])).isNull();
      }
    }
  }

  @Test
  void soundVersionsAreCalledWithWholeBatches() {
    ModelVersion version = ModelVersion.read(SMALL);
    try (DjlModel model = DjlModel.load(version, "cpu", "f32");
        BatchPredictor predictor = model.predictor(16)) {
      assertThat(((DjlPredictor) predictor).largest()).isEqualTo(16);
    }
  }

  @Test
  void anAnswerThatIsNotTheGoldenOneIsNamed() {
    ModelVersion version = ModelVersion.read(SMALL);
    try (DjlModel model = DjlModel.load(version, "cpu", "f32")) {
      Golden golden = Golden.read(version, "f32", model.djl().getNDManager());
      ByteBuffer again = golden.planes(golden.count() - 1, 2);
      int plane = again.capacity() / 2;
      assertThat(again.slice(plane, plane)).isEqualTo(golden.planes(0, 1));
      assertThat(golden.fault(2, new float[] {Float.NaN, 0, 0}))
          .contains("for golden input 2 it gives the logit NaN for HEALTHY");
      assertThatThrownBy(() -> Golden.read(version, "fp8", model.djl().getNDManager()))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("no tolerance for fp8");
    }
  }
}
