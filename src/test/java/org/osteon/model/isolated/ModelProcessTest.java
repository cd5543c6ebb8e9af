package org.osteon.model.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.testing.AlteredVersion;

/** A version in a process of its own answers as here, and takes nothing with it when it ends. */
@Tag("integration")
class ModelProcessTest {
  private static final Duration LOADING = Duration.ofSeconds(120);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int PLANES = 3;

  @TempDir private Path folder;

  @Test
  void itAnswersAsTheVersionDoesHereWhateverItsGraphPrints() throws Exception {
    ModelVersion talking = AlteredVersion.TALKING.of(ShippedModel.folder(), folder);
    ByteBuffer planes = noise(talking);
    DjlEngine.configure(Cpus.single());
    try (ModelProcess process = ModelProcess.start(terms(talking, PLANES, LONG));
        DjlModel here = DjlModel.load(talking, "cpu", "f32");
        BatchPredictor there = process.predictor();
        BatchPredictor predictor = here.predictor(PLANES, 1)) {
      assertThat(process.deviceName()).isEqualTo("cpu");
      assertThat(process.precision()).isEqualTo("f32");
      assertThat(there.predict(planes, PLANES))
          .usingRecursiveComparison()
          .isEqualTo(predictor.predict(planes, PLANES));
      planes.position(talking.manifest().inputSpec().planeBytes());
      assertThat(there.predict(planes, 1))
          .usingRecursiveComparison()
          .isEqualTo(predictor.predict(planes, 1));
      assertThat(process.lost()).isNotDone();
    }
  }

  @Test
  void aGraphThatCrashesTheEngineEndsItAlone() throws Exception {
    ModelVersion aborting = AlteredVersion.ABORTING.of(ShippedModel.smallest(), folder);
    try (ModelProcess process = ModelProcess.start(terms(aborting, 1, LONG));
        BatchPredictor predictor = process.predictor()) {
      predictor.predict(noise(aborting), 1);
      ByteBuffer culprit = halfAndHalf(aborting);
      assertThatThrownBy(() -> predictor.predict(culprit, 1))
          .isInstanceOf(DeviceLostException.class)
          .hasMessageContaining("the process ended with status");
      await().until(process.lost()::isDone);
      assertThat(process.lost().join())
          .startsWith("Of osteon-s/aborting, the process ended with status ");
      assertThatThrownBy(() -> predictor.predict(noise(aborting), 1))
          .as("there is no other process")
          .isInstanceOf(DeviceLostException.class);
    }
  }

  @Test
  void aCallThatHangsIsEnded() throws Exception {
    ModelVersion hung = AlteredVersion.HUNG.of(ShippedModel.smallest(), folder);
    try (ModelProcess process = ModelProcess.start(terms(hung, 1, Duration.ofSeconds(2)));
        BatchPredictor predictor = process.predictor()) {
      assertThatThrownBy(() -> predictor.predict(noise(hung), 1))
          .isInstanceOf(DeviceLostException.class)
          .hasMessageContaining("the process hung: a call had not returned after 2000 ms");
      await().until(process.lost()::isDone);
    }
  }

  @Test
  void whatCrashesAtItsFirstCallOrTakesTooLongIsRefusedWithASentence() throws Exception {
    ModelVersion crashing = AlteredVersion.CRASHING.of(ShippedModel.smallest(), folder);
    assertThatThrownBy(() -> ModelProcess.start(terms(crashing, 1, LONG)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageMatching(
            "Model version osteon-s/crashing is refused: "
                + "tried in a process of its own, the process ended with status \\d+\\.");
    ModelTerms hasty =
        new ModelTerms(
            crashing,
            new ModelTerms.Choice("cpu", "f32", 1),
            1,
            1,
            512,
            Duration.ofMillis(1),
            LONG);
    assertThatThrownBy(() -> ModelProcess.start(hasty))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("was not warm after");
  }

  @Test
  void whatIsRefusedThereIsRefusedHere() throws Exception {
    ModelVersion version = AlteredVersion.RENAMED.of(ShippedModel.smallest(), folder);
    java.nio.file.Files.delete(version.folder().resolve("model.pt"));
    assertThatThrownBy(() -> ModelProcess.start(terms(version, 1, LONG)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("model.pt is missing");
  }

  @Test
  void memoryHasABound() throws Exception {
    ModelVersion bloated = AlteredVersion.BLOATED.of(ShippedModel.smallest(), folder);
    try (ModelProcess process = ModelProcess.start(terms(bloated, 1, LONG));
        BatchPredictor predictor = process.predictor()) {
      assertThatThrownBy(() -> predictor.predict(halfAndHalf(bloated), 1))
          .isInstanceOf(OutOfDeviceMemoryException.class);
      assertThat(predictor.predict(noise(bloated), 1).logits())
          .as("it goes on")
          .hasDimensions(1, 3);
    }
  }

  @Test
  void itEndsWhenItIsClosedAndThatIsNoLoss() throws IOException {
    List<ProcessHandle> others = ProcessHandle.current().children().toList();
    ModelProcess process = ModelProcess.start(terms(version(), 1, LONG));
    List<ProcessHandle> own =
        ProcessHandle.current().children().filter(child -> !others.contains(child)).toList();
    assertThat(own).isNotEmpty();
    process.close();
    await().until(() -> own.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(process.lost()).isNotDone();
    try (BatchPredictor predictor = process.predictor()) {
      assertThatThrownBy(() -> predictor.predict(noise(version()), 1))
          .isInstanceOf(DeviceLostException.class);
    }
  }

  private static ModelVersion version() {
    return ModelVersion.read(ShippedModel.smallest());
  }

  private static ModelTerms terms(ModelVersion version, int maxSize, Duration call) {
    return new ModelTerms(
        version, new ModelTerms.Choice("cpu", "f32", 1), maxSize, 1, 512, LOADING, call);
  }

  private static ByteBuffer noise(ModelVersion version) {
    byte[] planes = new byte[PLANES * version.manifest().inputSpec().planeBytes()];
    new Random(7).nextBytes(planes);
    return ByteBuffer.allocateDirect(planes.length).put(planes).flip();
  }

  /** Black on the left and white on the right. */
  private static ByteBuffer halfAndHalf(ModelVersion version) {
    int width = version.manifest().inputSpec().width();
    ByteBuffer plane = ByteBuffer.allocateDirect(version.manifest().inputSpec().planeBytes());
    while (plane.hasRemaining()) {
      plane.put((byte) (plane.position() % width < width / 2 ? 0 : 255));
    }
    return plane.flip();
  }
}
