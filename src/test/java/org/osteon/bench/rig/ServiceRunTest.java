package org.osteon.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.testing.Platform;

/**
 * The benchmark measures the service and not itself: for an idle machine, so {@code make bench}.
 */
@Tag("bench")
@Timeout(600)
class ServiceRunTest {
  private static final int EVENTS = 2_000;
  private static final int PARTITIONS = 4;
  private static final int BATCH = 16;

  private final ImageSet images = ImageSet.small();

  @Test
  void aServiceThatCostsTwiceAsMuchIsSeenToBeHalfAsFast() throws Exception {
    DjlEngine.configure(Cpus.share(false, 0, 0));
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    StageTimes times;
    try (Limit limit = Limit.of(version, "auto", BATCH)) {
      times = limit.times(images);
    }
    double nanosOfAnImage = 1e3 * (times.decodeMicros() + times.inferenceMicros());
    double asItIs = rate(PipelineListener.NONE);
    double slowed =
        rate(
            new PipelineListener() {
              @Override
              public void batchAnswered(int size, long nanos) {
                long end = System.nanoTime() + (long) (size * nanosOfAnImage);
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
              }
            });
    // The first run is the compilers' as well, if no other test came before.
    asItIs = Math.max(asItIs, rate(PipelineListener.NONE));
    assertThat(slowed / asItIs).as("%.0f of %.0f images/s", slowed, asItIs).isBetween(0.35, 0.7);
  }

  private double rate(PipelineListener pipeline) throws Exception {
    Settings settings =
        Backlog.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of(
                "processing.guarantee",
                "at_least_once",
                "model.path",
                ShippedModel.folder().toString()));
    return ServiceRun.of(settings, PARTITIONS, images, EVENTS, pipeline, model -> model, Map.of())
        .imagesPerSecond();
  }
}
