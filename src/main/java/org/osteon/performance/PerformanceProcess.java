package org.osteon.performance;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.PerformanceKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.ClassificationResult;
import org.osteon.event.KafkaFault;
import org.osteon.event.TestedMeasure;
import org.osteon.event.TopicPlan;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;
import org.osteon.event.topics.TopicCheck;
import org.osteon.http.HttpDoor;
import org.osteon.performance.join.JoinRules;
import org.osteon.performance.tally.FallTests;
import org.osteon.performance.tally.TallyRules;
import org.osteon.streams.BoundedRocksDb;
import org.osteon.streams.StateFolder;
import org.osteon.streams.StreamFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code osteon performance}: joins what people found to what was answered, and publishes what a
 * version is worth.
 *
 * <p><b>Threading.</b> Started and closed by one thread; closing is idempotent.
 */
public final class PerformanceProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PerformanceProcess.class);

  /** Below max.poll.interval.ms; then another thread goes on asking. */
  private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(1);

  private static final List<Class<? extends Throwable>> FATAL =
      List.of(
          RegistryRefusedException.class,
          AuthorizationException.class,
          AuthenticationException.class,
          MissingSourceTopicException.class);

  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Watching watching;
  private final KafkaStreams streams;
  private final HttpDoor http;
  private final StateFolder state;

  private PerformanceProcess(
      Watching watching, KafkaStreams streams, HttpDoor http, StateFolder state) {
    this.watching = watching;
    this.streams = streams;
    this.http = http;
    this.state = state;
  }

  /**
   * Joins from now on.
   *
   * @throws ConfigException the configuration cannot work, or a topic is missing
   * @throws org.osteon.event.KafkaFault the brokers do not answer or refuse
   */
  public static PerformanceProcess start(Settings settings) throws IOException {
    return start(settings, PerformanceStreams.of(settings), null);
  }

  /**
   * The same with other properties or clients: a place for a test to listen to commits.
   *
   * @param clients null for those that Kafka Streams makes by itself
   */
  static PerformanceProcess start(
      Settings settings, Properties properties, @Nullable KafkaClientSupplier clients)
      throws IOException {
    TallyRules tally = tally(settings);
    int partitions = PerformanceTopics.check(settings);
    SchemaRegistryClient registry = Registry.connect(settings);
    EventSerdes serdes = new EventSerdes(registry, settings);
    serdes.warm(TopicPlan.Writer.PERFORMANCE);
    Watching watching = new Watching();
    RegistryPatience patience = new RegistryPatience(REGISTRY_PATIENCE, watching);
    PerformanceTopology topology =
        new PerformanceTopology(
            new PerformanceTopology.Names(
                settings.get(TopicKeys.RESULTS),
                settings.get(TopicKeys.TRUTHS),
                settings.get(TopicKeys.PERFORMANCE),
                partitions),
            new PerformanceTopology.Readers(
                new RegistryRecordReader<>(ClassificationResult.class, registry, patience),
                new RegistryRecordReader<>(Truth.class, registry, patience)),
            serdes.performance(),
            new JoinRules(
                settings.get(PerformanceKeys.HORIZON_DAYS),
                settings.find(PerformanceKeys.SCANNER_ATTRIBUTE).orElse(null)),
            tally,
            new PerformanceTopology.Listeners(watching, watching));
    HttpDoor http = open(settings, watching);
    StateFolder state =
        StateFolder.take(
            Path.of(properties.getProperty("state.dir")), TopicCheck.clusterId(settings));
    properties.put("state.dir", state.folder().toString());
    properties.putAll(
        BoundedRocksDb.properties(settings.get(PerformanceKeys.MEMORY_MB), topology.stores()));
    try {
      KafkaStreams streams =
          KafkaFault.built(
              () ->
                  clients == null
                      ? new KafkaStreams(topology.build(), properties)
                      : new KafkaStreams(topology.build(), properties, clients));
      PerformanceProcess process = new PerformanceProcess(watching, streams, http, state);
      streams.setUncaughtExceptionHandler(
          new StreamFailures(
              FATAL,
              List.of(RegistryUnavailableException.class),
              why -> {
                watching.fatal(why);
                process.stopped.countDown();
              }));
      watching.watch(streams);
      streams.start();
      return process;
    } catch (RuntimeException e) {
      http.close();
      watching.close();
      state.close();
      throw e;
    }
  }

  private static TallyRules tally(Settings settings) {
    double cases = settings.get(PerformanceKeys.FALSE_ALARM_CASES).doubleValue();
    try {
      return new TallyRules(
          settings.get(PerformanceKeys.PUBLISH_SECONDS),
          (int) settings.get(PerformanceKeys.KEEP_DAYS).toDays(),
          new FallTests(
              List.of(
                  FallTests.Tested.of(
                      TestedMeasure.SENSITIVITY,
                      settings.get(PerformanceKeys.SENSITIVITY),
                      settings.get(PerformanceKeys.SENSITIVITY_FALLEN),
                      cases),
                  FallTests.Tested.of(
                      TestedMeasure.DEFINITE_SPECIFICITY,
                      settings.get(PerformanceKeys.SPECIFICITY),
                      settings.get(PerformanceKeys.SPECIFICITY_FALLEN),
                      cases))));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "performance.sensitivity, performance.specificity and their .fallen: " + e.getMessage(),
          e);
    }
  }

  private static HttpDoor open(Settings settings, Watching watching) throws IOException {
    return HttpDoor.open(
            new InetSocketAddress(
                settings.get(HttpKeys.HTTP_ADDRESS), settings.get(HttpKeys.HTTP_PORT)),
            "osteon-http",
            HttpDoor.SHORT_REQUEST)
        .on("/livez", e -> answer(e, "alive", watching.notAlive()))
        .on("/readyz", e -> answer(e, "ready", watching.notReady()))
        .on("/metrics", e -> HttpDoor.metrics(e, watching.metrics()))
        .start();
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, String what, List<String> reasons)
      throws IOException {
    boolean well = reasons.isEmpty();
    HttpDoor.json(exchange, well ? 200 : 503, Map.of(what, well, "reasons", reasons));
  }

  /** The port of health and metrics, also where 0 was asked for. */
  public int httpPort() {
    return http.port();
  }

  /** Why it does not join at the moment; empty where it does. */
  public List<String> notReady() {
    return watching.notReady();
  }

  /**
   * Waits until it cannot go on.
   *
   * @return exit status
   */
  public int run() throws InterruptedException {
    stopped.await();
    watching.notAlive().forEach(why -> LOG.error("{}", why));
    return 1;
  }

  /** Commits, leaves the group, and ends. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("Kafka Streams did not close in time; what is pending comes again after a restart");
    }
    http.close();
    watching.close();
    state.close();
  }
}
