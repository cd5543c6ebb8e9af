package org.osteon.gateway;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osteon.http.HttpDoor;
import org.osteon.metrics.GatewayMetric;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics} of the gateway, on a door of their own:
 * those who probe and scrape know no token, and those who send images need not see them.
 *
 * <p><b>Threading.</b> Any; requests on the door's.
 */
final class GatewayHealth implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answer.Kind, Counter> answers = new EnumMap<>(Answer.Kind.class);
  private final Timer acknowledgement =
      Timer.builder(GatewayMetric.ACKNOWLEDGEMENT.id())
          .serviceLevelObjectives(
              Duration.ofMillis(25),
              Duration.ofMillis(100),
              Duration.ofMillis(500),
              Duration.ofSeconds(2),
              Duration.ofSeconds(10),
              Duration.ofSeconds(30))
          .register(registry);
  private final BooleanSupplier brokers;
  private final @Nullable HttpDoor door;
  private volatile boolean draining;

  /**
   * @param listen where; null to count and answer no requests
   * @param brokers whether one answers
   */
  GatewayHealth(@Nullable InetSocketAddress listen, BooleanSupplier brokers) throws IOException {
    this.brokers = brokers;
    for (Answer.Kind kind : Answer.Kind.values()) {
      answers.put(
          kind,
          registry.counter(
              GatewayMetric.IMAGES.id(), "answer", kind.name().toLowerCase(Locale.ROOT)));
    }
    registry.gauge(GatewayMetric.READY.id(), this, health -> health.ready() ? 1 : 0);
    door =
        listen == null
            ? null
            : HttpDoor.open(listen, "osteon-gateway-health", HttpDoor.SHORT_REQUEST)
                .on("/livez", e -> HttpDoor.json(e, 200, Map.of("alive", true)))
                .on("/readyz", this::ready)
                .on("/metrics", e -> HttpDoor.metrics(e, registry.scrape()))
                .start();
  }

  private void ready(HttpExchange exchange) throws IOException {
    boolean ready = ready();
    HttpDoor.json(exchange, ready ? 200 : 503, Map.of("ready", ready, "message", message()));
  }

  /** Where it listens; -1 where it does not. */
  int port() {
    return door == null ? -1 : door.port();
  }

  /** A sender was answered. */
  void answered(Answer answer, long nanos) {
    Objects.requireNonNull(answers.get(answer.kind())).increment();
    if (answer.stored()) {
      acknowledgement.record(Duration.ofNanos(nanos));
    }
  }

  /** No new senders should come: what is here is answered, and then it ends. */
  void drains() {
    draining = true;
  }

  @Override
  public void close() {
    if (door != null) {
      door.close();
    }
    registry.close();
  }

  private boolean ready() {
    return !draining && brokers.getAsBoolean();
  }

  private String message() {
    if (draining) {
      return "It answers what it took, and ends.";
    }
    return brokers.getAsBoolean() ? "" : "No broker answers: senders are told to come again.";
  }
}
