package org.osteon.service;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.PipelineListener;
import org.osteon.config.Setting;
import org.osteon.config.Settings;
import org.osteon.config.Thresholds;
import org.osteon.event.DeploymentTopic;
import org.osteon.event.EventSerdes;
import org.osteon.event.ModelDeployment;
import org.osteon.event.RecordSizes;
import org.osteon.event.Registry;
import org.osteon.event.RegistryEventReader;
import org.osteon.event.RegistryPatience;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.Fetcher;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelVersion;
import org.osteon.model.ThreadChoice;
import org.osteon.topology.ClassifyTopology;
import org.osteon.topology.ModalityPolicy;
import org.osteon.topology.RepeatSettings;
import org.osteon.topology.StreamsPlan;
import org.osteon.topology.StudySettings;
import org.osteon.topology.TopologyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: a model, a pipeline, a topology and what an operator looks at.
 *
 * <p><b>Threading.</b> Started and closed by one thread; closing is idempotent.
 */
public final class OsteonService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OsteonService.class);

  /** Beyond the drain itself, for what Kafka Streams does when it closes. */
  private static final Duration CLOSE_MARGIN = Duration.ofSeconds(15);

  private final Health health = new Health();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Settings settings;
  private final ModelSource source;
  private final Hooks hooks;
  private final ModelSwitch models;
  private final Shadow shadow;
  private final @Nullable DeploymentWatch deployments;
  private final FetchSettings fetching;
  private final @Nullable Fetcher fetcher;
  private final StreamsPlan plan;
  private final KafkaStreams streams;
  private final HttpEndpoints http;
  private final ServiceMetrics metrics;
  private final Pulse pulse;
  private final BrokerWatch brokers;
  private boolean closed;

  private OsteonService(Settings settings, Hooks hooks) throws IOException {
    this.settings = settings;
    this.hooks = hooks;
    HeapCheck.check(settings.memoryBudgetBytes(), Runtime.getRuntime().maxMemory());
    this.source = new ModelSource(settings);
    ModelVersion version = source.at(settings.require(Setting.MODEL_PATH));
    Cpus cpus = Cpus.share(false, settings.decodeThreads(), settings.inferenceThreads());
    DjlModel.configureEngine(cpus);
    DjlModel.preload();
    SchemaRegistryClient registry = Registry.connect(settings);
    this.fetching = FetchSettings.of(settings);
    this.plan = plan(Preflight.partitions(settings));
    EventSerdes serdes = new EventSerdes(registry, settings);
    serdes.warm();
    HttpEndpoints.Doors doors =
        new HttpEndpoints.Doors(
            settings.httpAddress(),
            settings.metricsAddress().orElse(null),
            settings.metricsToken().orElse(null));
    // Everything that can refuse the configuration has done so before the model takes its seconds.
    var properties = StreamsProperties.of(settings, plan);
    this.metrics =
        new ServiceMetrics(
            settings.batchMaxSize(), (int) settings.number(Setting.DRIFT_WINDOW), health);
    // Probes are answered while the model is being warmed, so that slow is not taken for dead.
    this.http = new HttpEndpoints(doors, health, metrics, this::version);
    try {
      if (DjlModel.usesGpu(settings.inferenceDevice())) {
        cpus = Cpus.share(true, settings.decodeThreads(), settings.inferenceThreads());
      }
      this.fetcher =
          fetching.any() ? new Fetcher(fetching, settings.imageMaxBytes(), health) : null;
      this.shadow =
          new Shadow(
              settings.modelShadowShare(),
              metrics.shadow(),
              this::deviceIsSpare,
              plan.shadowBytes(),
              settings.inferenceTimeout());
      ModelLoader loader =
          new ModelLoader(
              settings,
              cpus,
              ThreadChoice::choose,
              fetcher,
              fetching.threads(),
              plan.pipelineBytes(),
              PipelineListener.both(metrics.pipeline(), hooks.pipeline()),
              shadow::onlooker);
      DeploymentTopic topic =
          settings.modelDeploymentsAreFollowed()
              ? new DeploymentTopic(settings, serdes).readToEnd()
              : null;
      this.models =
          models(() -> loader.answering(version), topic, one -> loader.answering(source.of(one)));
      models.announce();
      metrics.inferenceThreadsAre(models.running().cpus().inferenceThreads());
      this.deployments =
          topic == null
              ? null
              : new DeploymentWatch(
                  topic, models, next -> shadow.deploy(next, one -> loader.beside(source.of(one))));
      this.streams = new KafkaStreams(topology(registry, serdes), properties, hooks.clients());
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
    streams.setUncaughtExceptionHandler(new FailurePolicy(health, stopped::countDown));
    metrics.watch(streams);
    this.pulse =
        new Pulse(
            () -> streams.metrics().values(),
            settings.eventsTopic(),
            metrics,
            health,
            settings.healthStuckAfter());
    this.brokers = new BrokerWatch(settings.kafkaClient(), health);
  }

  /**
   * Loads the model, warms it, and starts consuming.
   *
   * @throws org.osteon.config.ConfigException where the configuration cannot work
   * @throws org.osteon.model.ModelRefusedException where the model version is not what it says
   */
  public static OsteonService start(Settings settings, Hooks hooks) throws IOException {
    OsteonService service = new OsteonService(settings, hooks);
    service.health.started(service.streams);
    service.pulse.start();
    service.brokers.start();
    if (service.deployments != null) {
      service.deployments.start();
    }
    service.streams.start();
    LOG.info(
        "Osteon classifies {} with {} on {}, {}, HTTP on port {}",
        settings.eventsTopic(),
        service.modelLabel(),
        service.device(),
        settings.processingGuarantee(),
        service.httpPort());
    service.warnOfSilence();
    return service;
  }

  /** A version without thresholds raises nothing: better said at start than found out by night. */
  private void warnOfSilence() {
    ModelManifest.Decision own = model().version().manifest().decision();
    warnOfSilence(
        Setting.ALERTS_URGENT_PROBABILITY, own.urgentProbability(), settings.alertsUrgent());
    warnOfSilence(
        Setting.ALERTS_CRITICAL_PROBABILITY, own.criticalProbability(), settings.alertsCritical());
  }

  private void warnOfSilence(Setting setting, @Nullable Double own, Thresholds configured) {
    if ((own == null || own >= 1) && !configured.speaks()) {
      LOG.warn(
          "{} names no threshold of its own and {} gives none: no such alert will be raised",
          modelLabel(),
          setting.key());
    }
  }

  public Health health() {
    return health;
  }

  /** The port that is in force, also where 0 was asked for. */
  public int httpPort() {
    return http.port();
  }

  /** Where metrics are read; {@link #httpPort} unless they have a port of their own. */
  public int metricsPort() {
    return http.metricsPort();
  }

  /** {@code name/version}. */
  public String modelLabel() {
    return models.running().label();
  }

  /** {@code cpu} or {@code gpu:N}. */
  public String device() {
    return model().deviceName();
  }

  /**
   * Runs until SIGTERM, {@link #stop} or until the service cannot go on, and closes it.
   *
   * @return the process's exit status; after SIGTERM the process ends here, with 0
   */
  public int run() throws InterruptedException {
    Thread drain =
        new Thread(
            () -> {
              close();
              // Java would report the signal (143) although everything was drained and committed.
              Runtime.getRuntime().halt(health.fatal().isPresent() ? 1 : 0);
            },
            "osteon-drain");
    Runtime.getRuntime().addShutdownHook(drain);
    awaitStop();
    try {
      Runtime.getRuntime().removeShutdownHook(drain);
    } catch (IllegalStateException e) {
      // The signal came first: the hook closes, and ends the process.
      drain.join();
    }
    close();
    health.fatal().ifPresent(why -> LOG.error("{}", why));
    return health.fatal().isPresent() ? 1 : 0;
  }

  /** Waits until {@link #stop} or until the service cannot go on; then close it. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Lets {@link #awaitStop} return. */
  public void stop() {
    stopped.countDown();
  }

  /** Drains, commits, and gives everything native back. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    health.draining();
    // Kafka Streams would stay a member, and its partitions unread until the session times out.
    CloseOptions leaving =
        CloseOptions.timeout(plan.drainLimit().plus(CLOSE_MARGIN))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      LOG.warn("Kafka Streams did not close in time; what is pending comes again after a restart");
    }
    pulse.close();
    brokers.close();
    if (deployments != null) {
      deployments.close();
    }
    shadow.close();
    models.close();
    source.close();
    if (fetcher != null) {
      fetcher.close();
    }
    http.close();
    metrics.close();
    stopped.countDown();
  }

  private StreamsPlan plan(int partitions) {
    RecordSizes sizes = RecordSizes.forImagesOf(settings.imageMaxBytes());
    return new StreamsPlan(
        settings.exactlyOnce(),
        StreamsProperties.threads(settings),
        settings.memoryBudgetBytes(),
        sizes.event(),
        sizes.deadLetter(),
        partitions,
        settings.batchMaxDelay(),
        settings.inferenceTimeout(),
        fetching.any() ? fetching.timeout() : Duration.ZERO);
  }

  /** What was deployed last, or, where nothing was or it is refused, what the settings name. */
  private ModelSwitch models(
      Supplier<WarmModel> configured,
      @Nullable DeploymentTopic topic,
      Function<ModelDeployment, WarmModel> loader) {
    WarmModel first = null;
    RuntimeException refused = null;
    ModelDeployment active = topic == null ? null : topic.active().orElse(null);
    if (active != null) {
      try {
        first = loader.apply(active);
      } catch (RuntimeException e) {
        refused = e;
      }
    }
    if (first == null) {
      first = configured.get();
    }
    ModelSwitch switching =
        new ModelSwitch(
            first, loader, hooks.topology(), metrics, health, plan.drainLimit().multipliedBy(2));
    if (refused != null) {
      switching.refuse(first, refused);
    }
    return switching;
  }

  private DjlModel model() {
    return models.running().model();
  }

  private boolean deviceIsSpare() {
    return models.running().pipeline().isSpare();
  }

  private Topology topology(SchemaRegistryClient registry, EventSerdes serdes) {
    ClassifyTopology.Names names =
        new ClassifyTopology.Names(
            settings.eventsTopic(),
            settings.resultsTopic(),
            settings.deadLettersTopic(),
            settings.studiesTopic(),
            settings.alertsTopic(),
            settings.applicationId(),
            RecordSizes.forImagesOf(settings.imageMaxBytes()).deadLetter());
    return ClassifyTopology.build(
        names,
        models.lanes(),
        new RegistryEventReader(registry, new RegistryPatience(plan.drainLimit(), health)),
        new ModalityPolicy(settings.modalities(), settings.otherModalitiesAreDeadLetters()),
        new ClassifyTopology.Writers(
            serdes.results().serializer(),
            serdes.deadLetters().serializer(),
            serdes.studies().serializer(),
            serdes.alerts().serializer()),
        plan.classifySettings(),
        new RepeatSettings(
            settings.duplicatesWindow(),
            settings.duplicatesAreDropped(),
            settings.duplicatesMaxEvents(),
            settings.exactlyOnce()),
        new StudySettings(
            settings.exactlyOnce(),
            settings.studiesMaxImages(),
            settings.studiesRetention(),
            settings.alertsUrgent(),
            settings.alertsCritical()),
        TopologyListener.both(
            TopologyListener.both(metrics.topology(), new EventLog()), hooks.topology()),
        Telemetry.traces(System.getenv()),
        hooks.barriers(),
        Clock.systemUTC());
  }

  /** Known once the model is loaded; before that, what is known. */
  @SuppressWarnings("ConstantValue") // asked by probes while the constructor still runs
  private Map<String, String> version() {
    if (health.modelIsCold()) {
      return Map.of("application", settings.applicationId());
    }
    return Map.of(
        "application", settings.applicationId(),
        "model", modelLabel(),
        "modelSha256", models.running().sha256(),
        "precision", model().precision(),
        "inferenceThreads", models.running().cpus().split(),
        "device", device());
  }
}
