package org.osteon.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.FetchPool;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.Fetcher;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.ThreadChoice;
import org.osteon.service.canary.Canary;
import org.osteon.service.canary.PublishedTruths;
import org.osteon.service.health.Health;
import org.osteon.service.meters.ServiceMetrics;
import org.osteon.service.rollout.DeploymentWatch;
import org.osteon.service.rollout.ModelLoader;
import org.osteon.service.rollout.ModelSource;
import org.osteon.service.rollout.ModelSwitch;
import org.osteon.service.rollout.Shadow;
import org.osteon.topology.StreamsPlan;

/**
 * Starts what answers: the version that was deployed last or is configured, then what may stand
 * beside it or take its place.
 *
 * <p><b>Threading.</b> One thread starts it, once; any may ask what runs.
 */
final class ModelStart {
  /** People find what was wrong in days. */
  private static final Duration LOOK_AT_TRUTHS = Duration.ofMinutes(5);

  private final Settings settings;
  private final Around around;
  private final StreamsPlan plan;
  private final ServiceMetrics metrics;
  private final EventSerdes serdes;
  private final FetchSettings fetching;
  private volatile @Nullable Rollout rollout;

  /**
   * The service that it is part of.
   *
   * @param parts takes over whatever is started
   */
  record Around(Hooks hooks, Lifecycle parts, Health health) {
    <T extends AutoCloseable> T own(T part) {
      return parts.own(part);
    }
  }

  /**
   * What runs, and what brings in another.
   *
   * @param topic null where nothing is deployed by topic
   */
  private record Rollout(
      ModelSource source,
      ModelLoader loader,
      Shadow shadow,
      @Nullable DeploymentTopic topic,
      ModelSwitch models) {}

  ModelStart(
      Settings settings,
      Around around,
      StreamsPlan plan,
      ServiceMetrics metrics,
      EventSerdes serdes,
      FetchSettings fetching) {
    this.settings = settings;
    this.around = around;
    this.plan = plan;
    this.metrics = metrics;
    this.serdes = serdes;
    this.fetching = fetching;
  }

  /**
   * Loads, verifies and warms, which takes seconds.
   *
   * @param source of versions that are deployed
   * @param configured answers where nothing is deployed, or what is was refused
   */
  ModelSwitch begin(ModelSource source, ModelVersion configured, Cpus cpus) {
    Shadow shadow =
        around.own(
            new Shadow(
                settings.get(ModelKeys.SHADOW_SHARE),
                metrics.shadow(),
                this::deviceIsSpare,
                plan.shadowBytes(),
                settings.get(BatchKeys.INFERENCE_TIMEOUT_MS)));
    PipelineListener always = PipelineListener.all(metrics.pipeline(), around.hooks.pipeline());
    ModelLoader loader =
        new ModelLoader(
            settings,
            cpus,
            ThreadChoice::choose,
            new ModelLoader.Intake(
                fetchers(),
                Decoders.of(settings, cpus, around.parts),
                plan.pipelineBytes(),
                around.hooks.device()),
            active -> PipelineListener.all(always, shadow.onlooker(active)));
    DeploymentTopic topic =
        settings.get(ModelKeys.DEPLOYMENTS)
            ? around.own(new DeploymentTopic(settings, serdes)).readToEnd()
            : null;
    ModelSwitch models =
        around.own(
            ModelSwitch.begin(
                topic == null ? null : elsewhere(topic, configured),
                () -> loader.answering(configured),
                one -> loader.deployed(source.of(one)),
                new ModelSwitch.Watchers(around.hooks.topology(), metrics, around.health),
                plan.patience().multipliedBy(2)));
    rollout = new Rollout(source, loader, shadow, topic, models);
    models.announce();
    return models;
  }

  /** Follows what is deployed from here on: a shadow, a canary, or what answers next. */
  void watchDeployments() {
    Rollout begun = rollout;
    if (begun == null || begun.topic == null) {
      return;
    }
    Canary canary =
        new Canary(
            settings,
            begun.models.active(),
            metrics.canary(),
            one -> begun.loader.onTrial(begun.source.of(one), plan.shadowBytes()),
            new PublishedTruths(settings, serdes.performance().deserializer(), LOOK_AT_TRUTHS));
    around
        .own(
            new DeploymentWatch(
                begun.topic,
                begun.models,
                next -> begun.shadow.deploy(next, one -> begun.loader.beside(begun.source.of(one))),
                around.own(canary)))
        .start();
  }

  /** What answers, or null while it is being loaded. */
  @Nullable ModelSwitch running() {
    Rollout begun = rollout;
    return begun == null ? null : begun.models;
  }

  /** What was deployed last, unless it is the version that the settings name. */
  private static @Nullable ModelDeployment elsewhere(DeploymentTopic topic, ModelVersion version) {
    return topic.active().filter(one -> !one.getSha256().equals(version.sha256())).orElse(null);
  }

  private FetchPool fetchers() {
    return fetching.any()
        ? new FetchPool(
            around.own(
                new Fetcher(fetching, settings.get(ImageKeys.IMAGE_MAX_BYTES), around.health)),
            fetching.threads())
        : FetchPool.NONE;
  }

  private boolean deviceIsSpare() {
    ModelSwitch models = running();
    return models != null && models.running().pipeline().isSpare();
  }
}
