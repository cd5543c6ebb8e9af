package org.osteon.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osteon.config.HttpKeys;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.service.health.Health;
import org.osteon.service.health.Reason;
import org.osteon.service.meters.ServiceMetrics;

/**
 * {@code /metrics}, {@code /livez}, {@code /readyz} and {@code /version}, in plain HTTP for whoever
 * scrapes and probes within the cluster. Probes ask without a token, also where readers need one.
 *
 * <p>A thread reads a request from its first byte to its last, so a peer that sends half of one
 * holds a thread: there are many, and a request that is not there in time is given up.
 *
 * <p><b>Threading.</b> Threads of its own, as many as there are requests, up to a bound.
 */
final class HttpEndpoints implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEARER = "Bearer ";

  private final HttpServer probes;
  private final HttpServer readers;
  private final byte @Nullable [] token;
  private static final int MOST_THREADS = 64;

  static {
    // Read once, when the JDK's server is first made: seconds for a request, from its first byte to
    // its last, and for its answer. Without them a peer may take forever.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "5");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "20");
  }

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          2,
          MOST_THREADS,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> {
            Thread thread = new Thread(work, "osteon-http");
            thread.setDaemon(true);
            return thread;
          });

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
    probes = HttpServer.create(doors.probes, 0);
    try {
      readers = doors.readers == null ? probes : HttpServer.create(doors.readers, 0);
    } catch (IOException e) {
      probes.stop(0);
      throw e;
    }
    probes.createContext("/livez", e -> answer(e, "alive", health.notAlive()));
    probes.createContext("/readyz", e -> answer(e, "ready", health.notReady()));
    readers.createContext(
        "/metrics", guarded(e -> answer(e, 200, "text/plain; version=0.0.4", metrics.scrape())));
    readers.createContext("/version", guarded(e -> answer(e, 200, version.get())));
    probes.setExecutor(threads);
    probes.start();
    if (readers != probes) {
      readers.setExecutor(threads);
      readers.start();
    }
  }

  int port() {
    return probes.getAddress().getPort();
  }

  /** Where metrics are read; the same as {@link #port} where they have none of their own. */
  int metricsPort() {
    return readers.getAddress().getPort();
  }

  @Override
  public void close() {
    probes.stop(0);
    if (readers != probes) {
      readers.stop(0);
    }
    threads.shutdownNow();
  }

  private HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      if (showsToken(exchange)) {
        handler.handle(exchange);
      } else {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        answer(exchange, 401, Map.of("message", "Send the token: Authorization: Bearer …"));
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
    answer(exchange, well ? 200 : 503, Map.of(what, well, "reasons", reasons));
  }

  private static void answer(HttpExchange exchange, int status, Object json) throws IOException {
    answer(exchange, status, "application/json", JSON.writeValueAsString(json) + "\n");
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
