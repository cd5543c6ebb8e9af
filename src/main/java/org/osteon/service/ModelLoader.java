package org.osteon.service;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.FetchPool;
import org.osteon.batch.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.fetch.Fetcher;
import org.osteon.image.ImageDecoders;
import org.osteon.image.ImageLimits;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelVersion;
import org.osteon.model.VariantChoice;
import org.osteon.topology.ModelTerms;

/**
 * From a version's folder to a warm model, as the settings say.
 *
 * <p><b>Threading.</b> Any; each call loads a model of its own.
 */
final class ModelLoader {
  /** A shadow is asked of one image at a time. */
  private static final int ALONE = 1;

  private final Settings settings;
  private final Cpus cpus;
  private final FetchPool fetching;
  private final long bytes;
  private final PipelineListener listener;
  private final Function<ModelTerms, PipelineListener> onlookers;

  /**
   * @param cpus shared out between decoding and inference
   * @param fetcher null where no image may be fetched
   * @param fetchThreads threads that fetch
   * @param bytes of images in a pipeline at most
   * @param listener told of every image that is answered
   * @param onlookers told of the images of one version
   */
  ModelLoader(
      Settings settings,
      Cpus cpus,
      @Nullable Fetcher fetcher,
      int fetchThreads,
      long bytes,
      PipelineListener listener,
      Function<ModelTerms, PipelineListener> onlookers) {
    this.settings = settings;
    this.cpus = cpus;
    this.fetching = fetcher == null ? FetchPool.NONE : new FetchPool(fetcher, fetchThreads);
    this.bytes = bytes;
    this.listener = listener;
    this.onlookers = onlookers;
  }

  /** One that answers. */
  WarmModel answering(ModelVersion version) {
    BatchSettings batch =
        new BatchSettings(
            settings.batchMaxSize(),
            settings.batchMaxDelay(),
            cpus.decodeThreads(),
            cpus.inferenceThreads(),
            // Enough to fill each batch there is, and one more; else a drain would only be longer.
            settings.batchMaxSize() * (cpus.inferenceThreads() + 3),
            bytes,
            settings.inferenceTimeout(),
            settings.duplicatesImages());
    return load(
        version,
        batch,
        fetching,
        model -> PipelineListener.both(listener, onlookers.apply(WarmModel.terms(model))));
  }

  /** One that runs beside it, on one thread, and is told nothing of what is fetched. */
  WarmModel beside(ModelVersion version) {
    BatchSettings batch =
        new BatchSettings(
            ALONE, settings.batchMaxDelay(), 1, 1, ALONE, bytes, settings.inferenceTimeout());
    return load(version, batch, FetchPool.NONE, model -> PipelineListener.NONE);
  }

  private WarmModel load(
      ModelVersion version,
      BatchSettings batch,
      FetchPool fetchers,
      Function<DjlModel, PipelineListener> told) {
    DjlModel model =
        VariantChoice.load(
            version,
            settings.inferenceDevice(),
            settings.inferencePrecision(),
            settings.batchMaxSize());
    try {
      return WarmModel.of(
          model,
          BatchPipeline.start(
              batch,
              model.inputSpec(),
              fetchers,
              ImageDecoders.standard(
                  new ImageLimits(settings.imageMaxBytes(), settings.imageMaxPixels())),
              () -> model.predictor(batch.maxSize()),
              model.deviceName(),
              told.apply(model)));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
