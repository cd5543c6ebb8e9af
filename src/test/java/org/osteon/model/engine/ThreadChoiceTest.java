package org.osteon.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;

class ThreadChoiceTest {
  private static final int BATCH = 8;
  private static final Cpus SHARED = new Cpus(6, 6, 1);

  @BeforeAll
  static void engine() {
    DjlEngine.configure(Cpus.single());
  }

  @Test
  void splitsGoFromOneCallForEachCpuToOneCallOverAll() {
    assertThat(ThreadChoice.splits(SHARED, 1)).extracting(Cpus::split).containsExactly("1 × 1");
    assertThat(ThreadChoice.splits(SHARED, 2))
        .extracting(Cpus::split)
        .containsExactly("2 × 1", "1 × 2");
    assertThat(ThreadChoice.splits(SHARED, 6))
        .extracting(Cpus::split)
        .containsExactly("6 × 1", "3 × 2", "1 × 6");
    assertThat(ThreadChoice.splits(SHARED, 16))
        .extracting(Cpus::split)
        .containsExactly("16 × 1", "8 × 2", "4 × 4", "2 × 8", "1 × 16");
  }

  @Test
  void anotherSplitIsTakenWhereItIsClearlyFaster() {
    Map<Cpus, Double> rates = new LinkedHashMap<>();
    ThreadChoice.splits(SHARED, 6).forEach(split -> rates.put(split, 100.0));
    rates.put(SHARED.calling(3, 2), 109.0);
    assertThat(ThreadChoice.best(rates)).isEqualTo(SHARED);
    rates.put(SHARED.calling(1, 6), 111.0);
    assertThat(ThreadChoice.best(rates)).isEqualTo(SHARED.calling(1, 6));
  }

  @Test
  void eachThreadThatCallsTheModelKeepsItsOwnNumber() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (DjlModel model = DjlModel.load(ModelVersion.read(ShippedModel.folder()), "cpu", "f32")) {
      assertThat(one.submit(threadsInside(model, 2)).get()).isEqualTo(2);
      assertThat(other.submit(threadsInside(model, 1)).get()).isEqualTo(1);
      assertThat(one.submit(JniUtils::getNumThreads).get()).as("the first one's").isEqualTo(2);
      assertThat(JniUtils.getNumThreads()).as("of a thread that did not say").isEqualTo(1);
    } finally {
      one.shutdownNow();
      other.shutdownNow();
    }
  }

  @Test
  void aSplitThatTakesTooLongIsNotWaitedFor() {
    DjlModel model = DjlModel.load(ModelVersion.read(ShippedModel.folder()), "cpu", "f32");
    assertThat(ThreadChoice.imagesPerSecond(model, BATCH, SHARED.calling(1, 1), 1)).isZero();
    // Waits for the call that goes on; closed under it, the engine would fall.
    model.close();
  }

  private static Callable<Integer> threadsInside(DjlModel model, int inside) {
    return () -> {
      try (BatchPredictor predictor = model.predictor(BATCH, inside)) {
        return JniUtils.getNumThreads();
      }
    };
  }
}
