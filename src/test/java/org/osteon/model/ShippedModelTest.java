package org.osteon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class ShippedModelTest {
  private static final Path SHIPPED = ShippedModel.folder();

  @TempDir Path folder;

  @BeforeAll
  static void engine() {
    DjlEngine.configure(Cpus.single());
  }

  @Test
  void theShippedModelIsRightOnNineOfTenDrawnImagesThatItHasNotSeen() {
    ImageDecoder decoder = ImageDecoders.standard(new ImageLimits(1 << 20, 1 << 20));
    try (DjlModel model = DjlModel.load(ModelVersion.read(SHIPPED), "cpu", "f32");
        BatchPredictor predictor = model.predictor(1)) {
      InputSpec spec = model.inputSpec();
      ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes());
      int right = 0;
      int all = 0;
      for (Kind kind : Kind.values()) {
        for (int i = 0; i < 30; i++) {
          byte[] jpeg = SyntheticRadiographs.draw(9_000_000 + i, kind).jpeg();
          if (decoder.decode(jpeg, spec) instanceof Decoding.Decoded decoded) {
            try (decoded) {
              decoded.writeTo(plane.clear(), spec);
            }
          }
          right += best(predictor.predict(plane.clear(), 1).logits()[0]) == kind.ordinal() ? 1 : 0;
          all++;
        }
      }
      assertThat(right).as("right of %d", all).isGreaterThanOrEqualTo(all * 9 / 10);
    }
  }

  @Test
  void anySplitOfABatchGivesTheSameLogits() {
    try (DjlModel model = DjlModel.load(ModelVersion.read(SHIPPED), "auto", "f32");
        BatchPredictor predictor = model.predictor(16)) {
      int bytes = model.inputSpec().planeBytes();
      ByteBuffer planes = ByteBuffer.allocateDirect(11 * bytes);
      for (int i = 0; i < planes.capacity(); i++) {
        planes.put(i, (byte) (i * 31 % 251 + i / bytes));
      }
      float[][] together = predictor.predict(planes, 11).logits();
      for (int i = 0; i < 11; i++) {
        float[] alone = predictor.predict(planes.slice(i * bytes, bytes), 1).logits()[0];
        assertThat(alone).containsExactly(together[i], org.assertj.core.data.Offset.offset(1e-3f));
      }
    }
  }

  @Test
  void aFileThatWasChangedIsRefused() throws IOException {
    Path copy = ShippedModel.copy(folder);
    byte[] graph = Files.readAllBytes(copy.resolve("model.pt"));
    graph[graph.length / 2] ^= 1;
    Files.write(copy.resolve("model.pt"), graph);
    assertThatThrownBy(() -> ModelVersion.read(copy))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("SHA-256 of model.pt");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Path copy = ShippedModel.copy(folder);
    Files.delete(copy.resolve("golden.npz"));
    assertThatThrownBy(() -> ModelVersion.read(copy)).hasMessageContaining("golden.npz is missing");
  }

  @Test
  void anotherOrderOfClassesIsRefused() throws IOException {
    Path copy = ShippedModel.copy(folder);
    ShippedModel.edit(copy, "\"HEALTHY\",\n    \"FRACTURED\"", "\"FRACTURED\",\n    \"HEALTHY\"");
    assertThatThrownBy(() -> ModelVersion.read(copy)).hasMessageContaining("classes");
  }

  @Test
  void aGraphThatAnswersOtherwiseThanItsGoldenOutputsIsRefused() throws IOException {
    Path copy = ShippedModel.copy(folder);
    ShippedModel.edit(copy, "\"f32\": " + tolerance(copy), "\"f32\": -1");
    assertThatThrownBy(() -> DjlModel.load(ModelVersion.read(copy), "cpu", "f32"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("golden input 0");
  }

  @Test
  void aFolderThatIsNoneSaysWhatToSet() {
    assertThatThrownBy(() -> ModelVersion.read(folder)).hasMessageContaining("set model.path");
  }

  private static double tolerance(Path copy) {
    return Objects.requireNonNull(
        ModelVersion.read(copy).manifest().golden().tolerance().get("f32"));
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
