package org.osteon.service;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.FetchPool;
import org.osteon.batch.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.fetch.Fetcher;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelVersion;
import org.osteon.model.ThreadChoice;
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
  private final ThreadChoice.Chooser chooser;
  private final FetchPool fetching;
  private final long bytes;
  private final PipelineListener listener;
  private final Function<ModelTerms, PipelineListener> onlookers;
  private @Nullable Cpus measured;

  /**
   * @param cpus shared out between decoding and inference
   * @param chooser says how threads call the model, where the settings do not
   * @param fetcher null where no image may be fetched
   * @param fetchThreads threads that fetch
   * @param bytes of images in a pipeline at most
   * @param listener told of every image that is answered
   * @param onlookers told of the images of one version
   */
  ModelLoader(
      Settings settings,
      Cpus cpus,
      ThreadChoice.Chooser chooser,
      @Nullable Fetcher fetcher,
      int fetchThreads,
      long bytes,
      PipelineListener listener,
      Function<ModelTerms, PipelineListener> onlookers) {
    this.settings = settings;
    this.cpus = cpus;
    this.chooser = chooser;
    this.fetching = fetcher == null ? FetchPool.NONE : new FetchPool(fetcher, fetchThreads);
    this.bytes = bytes;
    this.listener = listener;
    this.onlookers = onlookers;
  }

  /** One that answers. */
  WarmModel answering(ModelVersion version) {
    DjlModel model = load(version);
    try {
      Cpus split = split(model);
      BatchSettings batch =
          new BatchSettings(
              settings.batchMaxSize(),
              settings.batchMaxDelay(),
              split.decodeThreads(),
              split.inferenceThreads(),
              // Enough to fill each batch there is, and one more; else a drain would only be
              // longer.
              settings.batchMaxSize() * (split.inferenceThreads() + 3),
              bytes,
              settings.inferenceTimeout(),
              settings.duplicatesImages());
      PipelineListener told =
          PipelineListener.both(listener, onlookers.apply(WarmModel.terms(model)));
      return warm(model, split, batch, fetching, told);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** One that runs beside it, on one thread, and is told nothing of what is fetched. */
  WarmModel beside(ModelVersion version) {
    BatchSettings batch =
        new BatchSettings(
            ALONE, settings.batchMaxDelay(), 1, 1, ALONE, bytes, settings.inferenceTimeout());
    DjlModel model = load(version);
    try {
      return warm(model, Cpus.single(), batch, FetchPool.NONE, PipelineListener.NONE);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Measured where nothing is asked for, and once, with the first version: beside a service at
   * work, its work would be measured.
   */
  private synchronized Cpus split(DjlModel model) {
    Cpus known = measured;
    if (known == null) {
      boolean asked = settings.inferenceThreads() > 0;
      known =
          asked
              ? DjlModel.asConfigured(cpus)
              : chooser.choose(model, settings.batchMaxSize(), cpus);
      measured = known;
    }
    return known;
  }

  private DjlModel load(ModelVersion version) {
    return VariantChoice.load(
        version,
        settings.inferenceDevice(),
        settings.inferencePrecision(),
        settings.batchMaxSize());
  }

  private WarmModel warm(
      DjlModel model, Cpus split, BatchSettings batch, FetchPool fetchers, PipelineListener told) {
    ImageLimits limits = new ImageLimits(settings.imageMaxBytes(), settings.imageMaxPixels());
    BatchPipeline pipeline =
        BatchPipeline.start(
            batch,
            model.inputSpec(),
            fetchers,
            ImageDecoders.standard(limits),
            () -> model.predictor(batch.maxSize(), split.intraOpThreads()),
            model.deviceName(),
            told);
    return WarmModel.of(model, pipeline, split);
  }
}
