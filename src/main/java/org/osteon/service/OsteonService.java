package org.osteon.service;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.osteon.config.Settings;
import org.osteon.service.health.Health;
import org.osteon.service.rollout.ModelSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: a list of parts, started in one order by {@link ServiceStart} and closed in the
 * other.
 *
 * <p><b>Threading.</b> Started and closed by one thread; closing is idempotent.
 */
public final class OsteonService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OsteonService.class);

  private final Lifecycle parts;
  private final Health health;
  private final CountDownLatch stopped;
  private final HttpEndpoints http;
  private final ModelSwitch models;

  OsteonService(
      Lifecycle parts,
      Health health,
      CountDownLatch stopped,
      HttpEndpoints http,
      ModelSwitch models) {
    this.parts = parts;
    this.health = health;
    this.stopped = stopped;
    this.http = http;
    this.models = models;
  }

  /**
   * Loads the model, warms it, and starts consuming. Where that fails, whatever had been started is
   * closed again.
   *
   * @throws org.osteon.config.value.ConfigException where the configuration cannot work
   * @throws org.osteon.model.ModelRefusedException where the model version is not what it says
   */
  public static OsteonService start(Settings settings, Hooks hooks) throws IOException {
    Lifecycle parts = new Lifecycle();
    boolean started = false;
    try {
      OsteonService service = new ServiceStart(settings, hooks, parts).run();
      started = true;
      return service;
    } finally {
      if (!started) {
        parts.close();
      }
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
    return models.running().model().deviceName();
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
  public void close() {
    health.draining();
    parts.close();
    stopped.countDown();
  }
}
