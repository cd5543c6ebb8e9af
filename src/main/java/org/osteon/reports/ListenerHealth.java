package org.osteon.reports;

import ca.uhn.hl7v2.AcknowledgmentCode;
import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osteon.http.HttpDoor;
import org.osteon.metrics.ListenerMetric;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics} of the listener, in plain HTTP for within a
 * cluster, and what its senders were told.
 *
 * <p><b>Threading.</b> Any; requests on the door's.
 */
final class ListenerHealth implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<AcknowledgmentCode, Counter> answers = new EnumMap<>(AcknowledgmentCode.class);
  private final BooleanSupplier brokers;
  private final @Nullable HttpDoor door;
  private volatile boolean listens;

  /**
   * @param listen where; null to count and answer no requests
   * @param brokers whether one answers
   */
  ListenerHealth(@Nullable InetSocketAddress listen, BooleanSupplier brokers) throws IOException {
    this.brokers = brokers;
    for (AcknowledgmentCode code :
        new AcknowledgmentCode[] {
          AcknowledgmentCode.AA, AcknowledgmentCode.AE, AcknowledgmentCode.AR
        }) {
      answers.put(code, registry.counter(ListenerMetric.MESSAGES.id(), "answer", code.name()));
    }
    registry.gauge(ListenerMetric.READY.id(), this, health -> health.isReady() ? 1 : 0);
    door =
        listen == null
            ? null
            : HttpDoor.open(listen, "osteon-listener-health", HttpDoor.SHORT_REQUEST)
                .on("/livez", e -> HttpDoor.json(e, 200, Map.of("alive", true)))
                .on("/readyz", this::ready)
                .on("/metrics", e -> HttpDoor.metrics(e, registry.scrape()))
                .start();
  }

  /** A message was answered. */
  void answered(AcknowledgmentCode code) {
    Counter counter = answers.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  /**
   * @param now whether messages are taken
   */
  void listens(boolean now) {
    listens = now;
  }

  /** Where it listens; empty where it does not. */
  OptionalInt port() {
    return door == null ? OptionalInt.empty() : OptionalInt.of(door.port());
  }

  @Override
  public void close() {
    if (door != null) {
      door.close();
    }
    registry.close();
  }

  private boolean isReady() {
    return listens && brokers.getAsBoolean();
  }

  private void ready(HttpExchange exchange) throws IOException {
    boolean ready = isReady();
    String why =
        ready
            ? ""
            : listens
                ? "No broker answers: senders are told to send again."
                : "It starts, or ends.";
    HttpDoor.json(exchange, ready ? 200 : 503, Map.of("ready", ready, "message", why));
  }
}
