package org.osteon.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.HttpKeys;
import org.osteon.http.HttpDoor;
import org.osteon.service.health.Health;
import org.osteon.service.health.Reason;
import org.osteon.service.meters.ServiceMetrics;

/**
 * {@code /metrics}, {@code /livez}, {@code /readyz} and {@code /version}, in plain HTTP for
 * scrapers and probes within the cluster. Probes ask without a token, also where readers need one.
 *
 * <p><b>Threading.</b> Threads of its own, as many as there are requests, up to a bound.
 */
final class HttpEndpoints implements AutoCloseable {
  private static final String BEARER = "Bearer ";

  private final HttpDoor probes;
  private final HttpDoor readers;
  private final byte @Nullable [] token;

  /**
   * Where it listens; a port is 0 for a free one.
   *
   * @param probes of what orchestrators ask, without a token
   * @param readers of metrics and version; null for the same
   * @param token that readers must show; null for none
   */
  record Doors(
      InetSocketAddress probes, @Nullable InetSocketAddress readers, @Nullable String token) {
    static Doors of(Settings settings) {
      return new Doors(
          new InetSocketAddress(
              settings.get(HttpKeys.HTTP_ADDRESS), settings.get(HttpKeys.HTTP_PORT)),
          settings.find(HttpKeys.HTTP_METRICS_LISTEN).orElse(null),
          TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE).orElse(null));
    }
  }

  /**
   * @param version what {@code /version} says, by then
   */
  HttpEndpoints(
      Doors doors, Health health, ServiceMetrics metrics, Supplier<Map<String, String>> version)
      throws IOException {
    token = doors.token == null ? null : doors.token.getBytes(StandardCharsets.UTF_8);
    probes = open(doors.probes);
    try {
      readers = doors.readers == null ? probes : open(doors.readers);
    } catch (IOException e) {
      probes.close();
      throw e;
    }
    probes
        .on("/livez", e -> answer(e, "alive", health.notAlive()))
        .on("/readyz", e -> answer(e, "ready", health.notReady()));
    readers
        .on("/metrics", guarded(e -> HttpDoor.metrics(e, metrics.scrape())))
        .on("/version", guarded(e -> HttpDoor.json(e, 200, version.get())));
    probes.start();
    if (readers != probes) {
      readers.start();
    }
  }

  private static HttpDoor open(InetSocketAddress address) throws IOException {
    return HttpDoor.open(address, "osteon-http", HttpDoor.SHORT_REQUEST);
  }

  int port() {
    return probes.port();
  }

  /** Where metrics are read; the same as {@link #port} where they have none of their own. */
  int metricsPort() {
    return readers.port();
  }

  @Override
  public void close() {
    probes.close();
    if (readers != probes) {
      readers.close();
    }
  }

  private HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      if (showsToken(exchange)) {
        handler.handle(exchange);
      } else {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        HttpDoor.json(exchange, 401, Map.of("message", "Send the token: Authorization: Bearer …"));
      }
    };
  }

  private boolean showsToken(HttpExchange exchange) {
    byte[] wanted = token;
    if (wanted == null) {
      return true;
    }
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    return sent != null
        && sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            sent.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8), wanted);
  }

  private static void answer(HttpExchange exchange, String what, List<Reason> reasons)
      throws IOException {
    boolean well = reasons.isEmpty();
    HttpDoor.json(exchange, well ? 200 : 503, Map.of(what, well, "reasons", reasons));
  }
}
