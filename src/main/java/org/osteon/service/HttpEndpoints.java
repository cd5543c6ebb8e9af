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
   * @param port 0 for a free one
   * @param version what {@code /version} says
   */
  HttpEndpoints(int port, Health health, ServiceMetrics metrics, Map<String, String> version)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(threads);
    server.createContext(
        "/metrics", e -> answer(e, 200, "text/plain; version=0.0.4", metrics.scrape()));
    server.createContext(
        "/livez", e -> answer(e, health.alive() ? 200 : 503, Map.of("reasons", fatal(health))));
    server.createContext("/readyz", e -> ready(e, health.notReady()));
    server.createContext("/version", e -> answer(e, 200, version));
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

  private static List<String> fatal(Health health) {
    return health.fatal().map(List::of).orElse(List.of());
  }

  private static void ready(HttpExchange exchange, List<String> reasons) throws IOException {
    answer(exchange, reasons.isEmpty() ? 200 : 503, Map.of("reasons", reasons));
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
