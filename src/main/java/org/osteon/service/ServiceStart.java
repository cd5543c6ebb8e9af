package org.osteon.service;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.keys.OperationKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ImagingOrder;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.event.topics.TopicCheck;
import org.osteon.fetch.FetchSettings;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.service.health.BrokerWatch;
import org.osteon.service.health.FailurePolicy;
import org.osteon.service.health.HangingTransactions;
import org.osteon.service.health.Health;
import org.osteon.service.health.HeapCheck;
import org.osteon.service.health.ProgressMonitor;
import org.osteon.service.meters.ServiceMetrics;
import org.osteon.service.owners.OwnersTopic;
import org.osteon.service.rollout.ModelSource;
import org.osteon.service.rollout.ModelSwitch;
import org.osteon.streams.StateFolder;
import org.osteon.topology.StreamsPlan;
import org.osteon.topology.listen.TopologyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the service, part by part: first everything that can refuse the configuration, then what
 * answers probes, then the model, which takes seconds, then the stream.
 *
 * <p><b>Threading.</b> One thread, once.
 */
final class ServiceStart {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceStart.class);
  private static final Duration LOOK_FOR_TRANSACTIONS = Duration.ofSeconds(30);

  /** Brokers look every ten seconds for transactions that they have to end. */
  private static final Duration BROKERS_LATE = Duration.ofSeconds(30);

  private final Health health = new Health();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Settings settings;
  private final Hooks hooks;
  private final Lifecycle parts;

  /**
   * @param parts takes over whatever is started
   */
  ServiceStart(Settings settings, Hooks hooks, Lifecycle parts) {
    this.settings = settings;
    this.hooks = hooks;
    this.parts = parts;
  }

  OsteonService run() throws IOException {
    HeapCheck.check(settings.get(ImageKeys.MEMORY_BUDGET_MB), Runtime.getRuntime().maxMemory());
    ModelSource source = parts.own(new ModelSource(settings));
    ModelVersion version = source.at(settings.get(ModelKeys.PATH));
    Cpus cpus = cpus(false);
    DjlEngine.configure(cpus);
    DjlEngine.preload();
    SchemaRegistryClient registry = Registry.connect(settings);
    FetchSettings fetching = FetchSettings.of(settings);
    StreamsPlan plan = StreamsProperties.plan(settings, partitions(), fetching);
    EventSerdes serdes = new EventSerdes(registry, settings);
    serdes.warm();
    Properties properties = StreamsProperties.of(settings, plan);
    StateFolder state =
        parts.own(
            StateFolder.take(
                Path.of(properties.getProperty(StreamsConfig.STATE_DIR_CONFIG)),
                TopicCheck.clusterId(settings)));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.folder().toString());
    ServiceMetrics metrics =
        parts.own(
            new ServiceMetrics(
                settings.get(BatchKeys.BATCH_MAX_SIZE),
                settings.get(ModelKeys.DRIFT_WINDOW),
                settings.get(ModelKeys.DRIFT_FACILITIES),
                health));
    ModelStart modelStart =
        new ModelStart(
            settings, new ModelStart.Around(hooks, parts, health), plan, metrics, serdes, fetching);
    // Probes are answered while the model is being warmed, so that slow is not taken for dead.
    HttpEndpoints http =
        parts.own(
            new HttpEndpoints(
                HttpEndpoints.Doors.of(settings),
                health,
                metrics,
                () -> VersionInfo.of(settings, modelStart.running())));
    Integer diagnostics = settings.find(OperationKeys.HTTP_DIAGNOSTICS_PORT).orElse(null);
    if (diagnostics != null) {
      parts.own(new Diagnostics(diagnostics));
    }

    if (DjlEngine.usesGpu(settings.get(BatchKeys.INFERENCE_DEVICE))) {
      cpus = cpus(true);
    }
    ModelSwitch models = modelStart.begin(source, version, cpus);
    metrics.inferenceThreadsAre(models.running().cpus().inferenceThreads());

    OwnersTopic owners =
        parts.own(OwnersTopic.open(settings, StreamsProperties.replication(properties)));
    RegistryPatience patience = new RegistryPatience(plan.patience(), health);
    KafkaStreams streams =
        new KafkaStreams(
            new TopologyWiring(settings, plan, serdes, owners)
                .topology(
                    models.active(),
                    new RegistryEventReader(registry, patience),
                    new RegistryRecordReader<>(ImagingOrder.class, registry, patience),
                    TopologyListener.all(metrics.topology(), hooks.clients().tripwire()),
                    hooks),
            properties,
            hooks.clients());
    modelStart.watchDeployments();
    parts.own(new BrokerWatch(settings.kafkaClient(), health)).start();
    HangingTransactions hanging =
        parts.own(
            new HangingTransactions(
                settings.kafkaClient(),
                TopicPlan.writtenByTheService(settings),
                StreamsProperties.transactionTimeout(properties, plan).plus(BROKERS_LATE)));
    hanging.start(LOOK_FOR_TRANSACTIONS);
    metrics.watch(hanging);
    parts.own(progress(streams, metrics)).start();
    parts.own(new StreamsClosing(streams, plan.patience()));
    streams.setUncaughtExceptionHandler(FailurePolicy.of(health, stopped::countDown));
    metrics.watch(streams);
    health.started(streams);
    streams.start();

    OsteonService service = new OsteonService(parts, health, stopped, http, models);
    LOG.info(
        "Osteon classifies {} with {} on {}, {}, HTTP on port {}",
        settings.get(TopicKeys.EVENTS),
        service.modelLabel(),
        service.device(),
        settings.get(KafkaKeys.PROCESSING_GUARANTEE),
        service.httpPort());
    SilenceWarning.of(models.running().model().version(), settings);
    return service;
  }

  private Cpus cpus(boolean onGpu) {
    return Cpus.share(
        onGpu, settings.get(ImageKeys.DECODE_THREADS), settings.get(BatchKeys.INFERENCE_THREADS));
  }

  /** Partitions of the events topic, once all topics are as they must be. */
  private int partitions() {
    return TopicCheck.partitions(
        settings, TopicPlan.ofTheService(settings), settings.get(TopicKeys.EVENTS));
  }

  private ProgressMonitor progress(KafkaStreams streams, ServiceMetrics metrics) {
    return new ProgressMonitor(
        () -> streams.metrics().values(),
        settings.get(TopicKeys.EVENTS),
        metrics.backlog(),
        metrics.records()::progress,
        health,
        settings.get(HttpKeys.HEALTH_STUCK_AFTER_MS));
  }
}
