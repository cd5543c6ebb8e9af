package org.osteon.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osteon.batch.FetchPool;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.ThreadChoice;

class ModelLoaderTest {
  private static final long BYTES = 1 << 20;

  /** Linux keeps fifteen letters of a name, and a thread of the engine has its caller's. */
  private static final String CALLING = "osteon-inferenc";

  private final AtomicInteger asked = new AtomicInteger();

  /** Those of pipelines that other tests in this process left, and that may end at any time. */
  private final Set<Path> others;

  ModelLoaderTest() throws IOException {
    others = calling();
  }

  @BeforeAll
  static void engine() {
    DjlEngine.configure(Cpus.single());
  }

  @Test
  void theChosenSplitIsTheOneThatRunsInEveryVersion() throws IOException {
    ModelLoader loader = loader("0", (model, batch, shared) -> shared.calling(2, 3));
    try (WarmModel first = loader.answering(version())) {
      assertThat(first.cpus().split()).isEqualTo("2 × 3");
      assertThat(ours()).hasSize(6);
    }
    try (WarmModel next = loader.answering(version())) {
      assertThat(next.cpus().split()).isEqualTo("2 × 3");
      assertThat(asked).as("beside a service at work nothing is measured").hasValue(1);
    }
  }

  @Test
  void whatIsMeasuredHereIsWhatRunsHere() throws IOException {
    Cpus[] chosen = new Cpus[1];
    ModelLoader loader =
        loader(
            "0", (model, batch, shared) -> chosen[0] = ThreadChoice.choose(model, batch, shared));
    try (WarmModel warm = loader.answering(version())) {
      assertThat(warm.cpus()).isEqualTo(chosen[0]);
      assertThat(ours()).hasSize(chosen[0].inferenceThreads() * chosen[0].intraOpThreads());
    }
  }

  @Test
  void whatIsAskedForIsNotMeasured() throws IOException {
    ModelLoader loader = loader("1", (model, batch, shared) -> shared.calling(2, 3));
    try (WarmModel warm = loader.answering(version())) {
      assertThat(asked).hasValue(0);
      assertThat(warm.cpus().inferenceThreads()).isEqualTo(1);
      assertThat(ours()).hasSize(Integer.getInteger("ai.djl.pytorch.num_threads"));
    }
  }

  private ModelLoader loader(String threads, ThreadChoice.Chooser chooser) {
    Settings settings = Settings.of(Map.of("inference.threads", threads, "batch.max.size", "4"));
    return new ModelLoader(
        settings,
        Cpus.share(
            false,
            settings.get(ImageKeys.DECODE_THREADS),
            settings.get(BatchKeys.INFERENCE_THREADS)),
        (model, batch, shared) -> {
          asked.incrementAndGet();
          return chooser.choose(model, batch, shared);
        },
        new ModelLoader.Intake(
            FetchPool.NONE,
            ImageDecoders.standard(new ImageLimits(1 << 24, 1 << 24)),
            BYTES,
            model -> model),
        policy -> PipelineListener.NONE);
  }

  private static ModelVersion version() {
    return ModelVersion.read(ShippedModel.folder());
  }

  private Set<Path> ours() throws IOException {
    Set<Path> found = calling();
    found.removeAll(others);
    return found;
  }

  /** Threads of this process that call the model, the engine's own included. */
  private static Set<Path> calling() throws IOException {
    Set<Path> found = new HashSet<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        if (name(task).equals(CALLING)) {
          found.add(task);
        }
      }
    }
    return found;
  }

  /** Nothing where the thread has ended meanwhile. */
  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
