package org.osteon.bench.rig;

import java.io.IOException;
import java.time.Duration;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.image.isolated.IsolatedDecoder;
import org.osteon.image.isolated.IsolationTerms;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlModel;
import org.osteon.model.engine.VariantChoice;

/**
 * What the machine could do if nothing but decoding and inference cost anything. It is measured
 * again beside each run that is compared with it: a shared machine is faster in one minute than in
 * the next.
 */
public final class Limit implements AutoCloseable {
  private static final ImageLimits LIMITS = new ImageLimits(1 << 26, 1 << 28);

  /** As the service has them. */
  private static final int HEAP_MB = 256;

  private static final int NATIVE_MB = 512;

  private final ImageDecoder decoder = ImageDecoders.standard(LIMITS);
  private final DjlModel model;
  private final int batchSize;

  private Limit(DjlModel model, int batchSize) {
    this.model = model;
    this.batchSize = batchSize;
  }

  /**
   * Of a version.
   *
   * @param precision as {@code inference.precision} says
   */
  public static Limit of(ModelVersion version, String precision, int batchSize) {
    return new Limit(VariantChoice.load(version, "cpu", precision, batchSize), batchSize);
  }

  public String precision() {
    return model.precision();
  }

  /** One thread alone. */
  public StageTimes times(ImageSet images) {
    return StageTimes.measure(images.files(), decoder, model, batchSize);
  }

  /** Images a second of all CPUs, by what one thread needs now. */
  public double now(ImageSet images) {
    return times(images).imagesPerSecond();
  }

  /** Images a second of all CPUs at once, batching included, from memory and so without Kafka. */
  public double fromMemory(ImageSet images, int events) throws InterruptedException {
    return PipelineRun.imagesPerSecond(model, decoder, images, events, batchSize);
  }

  /** The same with another device in the model's place. */
  public double feeding(ImageSet images, SimulatedDevice device, int events)
      throws InterruptedException {
    return PipelineRun.imagesPerSecond(
        new PipelineRun.Device(
            model.inputSpec(), device.predictors(), device.name(), SimulatedDevice.THREADS),
        decoder,
        images,
        events,
        SimulatedDevice.BATCH);
  }

  /** That the model tells apart. */
  public int classes() {
    return model.version().manifest().classes().size();
  }

  /** The same with decoding in processes of its own. */
  public double isolated(ImageSet images, int events) throws InterruptedException, IOException {
    IsolationTerms terms =
        new IsolationTerms(
            LIMITS,
            Cpus.share(false, 0, 0).decodeThreads(),
            Duration.ofMinutes(1),
            HEAP_MB,
            NATIVE_MB);
    try (IsolatedDecoder apart = new IsolatedDecoder(terms)) {
      return PipelineRun.imagesPerSecond(model, apart, images, events, batchSize);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
