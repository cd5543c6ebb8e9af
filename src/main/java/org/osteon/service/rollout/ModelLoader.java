package org.osteon.service.rollout;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.DecodeStage;
import org.osteon.batch.FetchPool;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.model.engine.ThreadChoice;
import org.osteon.model.engine.VariantChoice;
import org.osteon.model.isolated.ModelProcess;
import org.osteon.model.isolated.ModelTerms;
import org.osteon.service.canary.OnTrial;
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

  /** Images that wait for a version on trial; what is beyond is not asked. */
  private static final int WAITING = 16;

  /** Of three variants and many batch sizes, on a slow machine; what takes longer hangs. */
  private static final Duration LOADING = Duration.ofMinutes(5);

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
   * @param device what a pipeline calls, made of the model that answers
   */
  public record Intake(
      FetchPool fetching,
      ImageDecoder decoder,
      long bytes,
      UnaryOperator<BatchPredictor.Factory> device) {}

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

  /** One that answers, where nothing does that it could end. */
  public WarmModel answering(ModelVersion version) {
    return answering(version, settings.get(BatchKeys.INFERENCE_PRECISION));
  }

  /**
   * One that answers in the place of another: tried first in a process of its own, with all that is
   * done here then.
   *
   * @throws ModelRefusedException that process refuses it, dies or hangs of it
   */
  public WarmModel deployed(ModelVersion version) {
    String precision;
    try (ModelProcess trial = trial(version)) {
      // What was measured there runs here: another variant would be another graph.
      precision = trial.precision();
    }
    return answering(version, precision);
  }

  private WarmModel answering(ModelVersion version, String precision) {
    DjlModel model =
        VariantChoice.load(
            version,
            settings.get(BatchKeys.INFERENCE_DEVICE),
            precision,
            settings.get(BatchKeys.BATCH_MAX_SIZE));
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
      PipelineListener told = listeners.apply(WarmModel.policy(version));
      BatchPipeline pipeline =
          BatchPipeline.start(
              batch,
              model.inputSpec(),
              intake.fetching(),
              new DecodeStage(intake.decoder(), trial(model)),
              intake.device().apply(() -> model.predictor(batch.maxSize(), split.intraOpThreads())),
              model.deviceName(),
              told);
      return WarmModel.of(model, pipeline, split);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** One that is asked beside it, one image at a time, by one thread of a process of its own. */
  public OnTrial beside(ModelVersion version) {
    return isolated(version, ALONE, intake.bytes(), 1);
  }

  /**
   * One that answers some images in its place, in a process of its own. Its calls have as many
   * threads inside as those of the one that answers, so that their times can be compared.
   *
   * @param bytes of files at most that wait for it
   */
  public OnTrial onTrial(ModelVersion version, long bytes) {
    return isolated(version, WAITING, bytes, threadsInside());
  }

  private IsolatedModel isolated(ModelVersion version, int images, long bytes, int threadsInside) {
    BatchSettings batch =
        new BatchSettings(
            ALONE,
            settings.get(BatchKeys.BATCH_MAX_DELAY_MS),
            1,
            1,
            images,
            bytes,
            settings.get(BatchKeys.INFERENCE_TIMEOUT_MS));
    ModelProcess process = process(version, ALONE, threadsInside);
    try {
      BatchPipeline pipeline =
          BatchPipeline.start(
              batch,
              version.manifest().inputSpec(),
              FetchPool.NONE,
              new DecodeStage(intake.decoder(), SuspectTrial.NONE),
              process::predictor,
              "%s (process of %s)".formatted(process.deviceName(), version.label()),
              PipelineListener.NONE);
      return new IsolatedModel(process, pipeline, WarmModel.policy(version));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private ModelProcess trial(ModelVersion version) {
    return process(version, settings.get(BatchKeys.BATCH_MAX_SIZE), threadsInside());
  }

  private ModelProcess process(ModelVersion version, int maxSize, int threadsInside) {
    return ModelProcess.start(
        new ModelTerms(
            version,
            new ModelTerms.Choice(
                settings.get(BatchKeys.INFERENCE_DEVICE),
                settings.get(BatchKeys.INFERENCE_PRECISION),
                settings.get(BatchKeys.BATCH_MAX_SIZE)),
            maxSize,
            threadsInside,
            settings.get(ModelKeys.CANDIDATE_MEMORY_MB),
            LOADING,
            settings.get(BatchKeys.INFERENCE_TIMEOUT_MS)));
  }

  private synchronized int threadsInside() {
    return (measured == null ? cpus : measured).intraOpThreads();
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
              ? DjlEngine.asConfigured(cpus)
              : chooser.choose(model, settings.get(BatchKeys.BATCH_MAX_SIZE), cpus);
      measured = known;
    }
    return known;
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
}
