package org.osteon.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics}, {@code /livez}, {@code /readyz} and {@code /version}, in plain HTTP for whoever
 * scrapes and probes within the cluster.
 *
 * <p><b>Threading.</b> Two threads of its own.
 */
final class HttpEndpoints implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "osteon-http");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param address to listen on; its port is 0 for a free one
   * @param version what {@code /version} says, by then
   */
  HttpEndpoints(
      InetSocketAddress address,
      Health health,
      ServiceMetrics metrics,
      Supplier<Map<String, String>> version)
      throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext(
        "/metrics", e -> answer(e, 200, "text/plain; version=0.0.4", metrics.scrape()));
    server.createContext("/livez", e -> answer(e, "alive", health.notAlive()));
    server.createContext("/readyz", e -> answer(e, "ready", health.notReady()));
    server.createContext("/version", e -> answer(e, 200, version.get()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
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
