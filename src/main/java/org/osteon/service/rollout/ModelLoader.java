package org.osteon.service.rollout;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.DecodeStage;
import org.osteon.batch.FetchPool;
import org.osteon.batch.PipelineListener;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.config.BatchKeys;
import org.osteon.config.EventKeys;
import org.osteon.config.ImageKeys;
import org.osteon.config.Settings;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelVersion;
import org.osteon.model.ThreadChoice;
import org.osteon.model.VariantChoice;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.trial.TrialProcess;
import org.osteon.trial.TrialTerms;

/**
 * From a version's folder to a warm model, as the settings say.
 *
 * <p><b>Threading.</b> Any; each call loads a model of its own.
 */
public final class ModelLoader {
  /** A shadow is asked of one image at a time. */
  private static final int ALONE = 1;

  private final Settings settings;
  private final Cpus cpus;
  private final ThreadChoice.Chooser chooser;
  private final Intake intake;
  private final Function<DecisionPolicy, PipelineListener> listeners;
  private @Nullable Cpus measured;

  /**
   * What all versions have in common on the way in.
   *
   * @param fetching gets what is submitted by reference
   * @param decoder of every pipeline; who made it closes it
   * @param bytes of images in a pipeline at most
   */
  public record Intake(FetchPool fetching, ImageDecoder decoder, long bytes) {}

  /**
   * @param cpus shared out between decoding and inference
   * @param chooser says how threads call the model, where the settings do not
   * @param listeners makes what is told of the images of a version that answers
   */
  public ModelLoader(
      Settings settings,
      Cpus cpus,
      ThreadChoice.Chooser chooser,
      Intake intake,
      Function<DecisionPolicy, PipelineListener> listeners) {
    this.settings = settings;
    this.cpus = cpus;
    this.chooser = chooser;
    this.intake = intake;
    this.listeners = listeners;
  }

  /** One that answers. */
  public WarmModel answering(ModelVersion version) {
    DjlModel model = load(version);
    try {
      Cpus split = split(model);
      BatchSettings batch =
          new BatchSettings(
              settings.get(BatchKeys.BATCH_MAX_SIZE),
              settings.get(BatchKeys.BATCH_MAX_DELAY_MS),
              split.decodeThreads(),
              split.inferenceThreads(),
              // Enough to fill each batch there is, and one more; else a drain would only be
              // longer.
              settings.get(BatchKeys.BATCH_MAX_SIZE) * (split.inferenceThreads() + 3),
              intake.bytes(),
              settings.get(BatchKeys.INFERENCE_TIMEOUT_MS),
              settings.get(EventKeys.DUPLICATES_IMAGES));
      PipelineListener told = listeners.apply(WarmModel.policy(model));
      return warm(model, split, batch, intake.fetching(), trial(model), told);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** One that runs beside it, on one thread, and is told nothing of what is fetched. */
  public WarmModel beside(ModelVersion version) {
    BatchSettings batch =
        new BatchSettings(
            ALONE,
            settings.get(BatchKeys.BATCH_MAX_DELAY_MS),
            1,
            1,
            ALONE,
            intake.bytes(),
            settings.get(BatchKeys.INFERENCE_TIMEOUT_MS));
    DjlModel model = load(version);
    try {
      return warm(
          model, Cpus.single(), batch, FetchPool.NONE, SuspectTrial.NONE, PipelineListener.NONE);
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
      boolean asked = settings.get(BatchKeys.INFERENCE_THREADS) > 0;
      known =
          asked
              ? DjlModel.asConfigured(cpus)
              : chooser.choose(model, settings.get(BatchKeys.BATCH_MAX_SIZE), cpus);
      measured = known;
    }
    return known;
  }

  private DjlModel load(ModelVersion version) {
    return VariantChoice.load(
        version,
        settings.get(BatchKeys.INFERENCE_DEVICE),
        settings.get(BatchKeys.INFERENCE_PRECISION),
        settings.get(BatchKeys.BATCH_MAX_SIZE));
  }

  private SuspectTrial trial(DjlModel model) {
    ImageLimits limits =
        new ImageLimits(
            settings.get(ImageKeys.IMAGE_MAX_BYTES), settings.get(ImageKeys.IMAGE_MAX_PIXELS));
    return new TrialProcess(
        new TrialTerms(
            model.version().folder(),
            model.precision(),
            model.deviceName(),
            limits,
            settings
                .get(BatchKeys.INFERENCE_TIMEOUT_MS)
                .plus(settings.get(ImageKeys.IMAGE_DECODE_TIMEOUT_MS))));
  }

  private WarmModel warm(
      DjlModel model,
      Cpus split,
      BatchSettings batch,
      FetchPool fetchers,
      SuspectTrial trial,
      PipelineListener told) {
    BatchPipeline pipeline =
        BatchPipeline.start(
            batch,
            model.inputSpec(),
            fetchers,
            new DecodeStage(intake.decoder(), trial),
            () -> model.predictor(batch.maxSize(), split.intraOpThreads()),
            model.deviceName(),
            told);
    return WarmModel.of(model, pipeline, split);
  }
}
