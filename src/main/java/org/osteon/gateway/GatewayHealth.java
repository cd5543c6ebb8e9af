package org.osteon.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osteon.metrics.GatewayMetric;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics} of the gateway, on a door of their own:
 * those who probe and scrape know no token, and those who send images need not see them.
 *
 * <p><b>Threading.</b> Any; requests on two threads of its own.
 */
final class GatewayHealth implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 2;

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
  private final @Nullable HttpServer server;
  private final @Nullable ExecutorService threads;
  private volatile boolean draining;

  /**
   * @param listen where; null to count and answer nobody
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
    if (listen == null) {
      server = null;
      threads = null;
      return;
    }
    HttpServer opened = HttpServer.create(listen, 0);
    ExecutorService own =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "osteon-gateway-health");
              thread.setDaemon(true);
              return thread;
            });
    opened.setExecutor(own);
    opened.createContext("/livez", exchange -> json(exchange, 200, Map.of("alive", true)));
    opened.createContext(
        "/readyz",
        exchange -> {
          boolean ready = ready();
          json(exchange, ready ? 200 : 503, Map.of("ready", ready, "message", message()));
        });
    opened.createContext(
        "/metrics",
        exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
    opened.start();
    server = opened;
    threads = own;
  }

  /** Where it listens; -1 where it does not. */
  int port() {
    return server == null ? -1 : server.getAddress().getPort();
  }

  /** A sender was answered. */
  void answered(Answer answer, long nanos) {
    Objects.requireNonNull(answers.get(answer.kind())).increment();
    if (answer.stored()) {
      acknowledgement.record(Duration.ofNanos(nanos));
    }
  }

  /** Nobody new should come: what is here is answered, and then it ends. */
  void drains() {
    draining = true;
  }

  @Override
  public void close() {
    if (server != null && threads != null) {
      server.stop(0);
      threads.shutdownNow();
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

  private static void json(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    answer(exchange, status, "application/json", JSON.writeValueAsString(body) + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
