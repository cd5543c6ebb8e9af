package org.osteon.deliver;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.deliver.destination.Rule;
import org.osteon.deliver.destination.Target;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TargetsFile;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings results to every target of the configuration, each with a group and a thread of its own.
 *
 * <p><b>Threading.</b> Started and closed by one thread; that waits in {@link #run}.
 */
public final class Deliverer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<TargetWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final Shared shared;
  private @Nullable DelivererHttp http;

  private Deliverer(Shared shared) {
    this.shared = shared;
  }

  /**
   * Holds the deliverer's settings against each other, without opening anything.
   *
   * @throws org.osteon.config.value.ConfigException they cannot work
   */
  public static void check(Settings settings) {
    for (TargetSettings each : read(settings)) {
      each.rule();
      TargetKinds.check(each);
    }
    Shared.keys(settings);
  }

  /**
   * Delivers from now on.
   *
   * @throws org.osteon.config.value.ConfigException the configuration cannot work
   * @throws org.osteon.event.KafkaFault the brokers do not answer or refuse
   */
  public static Deliverer start(Settings settings) throws IOException {
    check(settings);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.DELIVERER);
    Deliverer deliverer = new Deliverer(Shared.open(settings, serdes));
    try {
      deliverer.begin(settings, serdes);
      return deliverer;
    } catch (IOException | RuntimeException e) {
      deliverer.close();
      throw e;
    }
  }

  private void begin(Settings settings, EventSerdes serdes) throws IOException {
    new JvmMemoryMetrics().bindTo(meters);
    Duration patience = settings.get(DeliverKeys.SETTLE_SECONDS);
    for (TargetSettings each : read(settings)) {
      Rule rule = each.rule();
      TargetMeters counted = new TargetMeters(meters, each.name());
      Target target = TargetKinds.open(each, settings, shared.pixels(), counted::committed);
      targets.add(target);
      List<String> topics =
          List.of(settings.get(TopicKeys.RESULTS), settings.get(TopicKeys.UNDELIVERED));
      Inbox inbox =
          new Inbox(
              Shared.consumer(settings, each.name()),
              new Letters(serdes, topics, each.name()),
              rule,
              shared.settled(),
              patience);
      TargetWorker worker =
          new TargetWorker(
              new TargetWorker.Plan(
                  each.name(),
                  settings.get(DeliverKeys.ATTEMPTS),
                  settings.get(DeliverKeys.BACKOFF_MAX_MS)),
              inbox,
              target,
              shared.owners(),
              shared.undeliverables(),
              counted);
      workers.add(worker);
      Thread thread = new Thread(worker, "osteon-deliver-" + each.name());
      thread.setDaemon(true);
      threads.add(thread);
    }
    http =
        new DelivererHttp(
            new InetSocketAddress(
                settings.get(HttpKeys.HTTP_ADDRESS), settings.get(HttpKeys.HTTP_PORT)),
            this);
    threads.forEach(Thread::start);
  }

  private static List<TargetSettings> read(Settings settings) {
    return TargetsFile.read(settings.get(DeliverKeys.TARGETS_FILE));
  }

  /** The port of health and metrics, also where 0 was asked for. */
  public int httpPort() {
    return http == null ? 0 : http.port();
  }

  /** Names of the targets. */
  public List<String> targets() {
    return workers.stream().map(TargetWorker::name).toList();
  }

  /** Why it is not alive: targets that gave up. */
  public List<String> notAlive() {
    return workers.stream()
        .filter(each -> each.fatal() != null)
        .map(each -> each.name() + ": " + each.fatal())
        .toList();
  }

  /** Why it is not ready; a target that is away is none of that: it is waited for. */
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>(notAlive());
    workers.stream()
        .filter(each -> each.fatal() == null && !each.isReady())
        .forEach(each -> reasons.add(each.name() + ": waits for Kafka or the registry"));
    return reasons;
  }

  /** Prometheus' text. */
  String metrics() {
    return meters.scrape();
  }

  /**
   * Waits until a target gives up.
   *
   * @return exit status
   */
  public int run() throws InterruptedException {
    while (notAlive().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    notAlive().forEach(each -> LOG.error("A target ended, so this process does: {}", each));
    return 1;
  }

  /** Finishes what is being sent, commits, and ends. */
  @Override
  public void close() {
    workers.forEach(TargetWorker::stop);
    long end = System.nanoTime() + LAST_ANSWERS.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread.interrupt();
    }
    targets.forEach(Target::close);
    shared.close();
    if (http != null) {
      http.close();
    }
    meters.close();
  }
}
