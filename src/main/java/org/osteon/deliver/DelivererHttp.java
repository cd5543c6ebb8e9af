package org.osteon.deliver;

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
 * {@code /livez}, {@code /readyz} and {@code /metrics} of the deliverer, in plain HTTP for within a
 * cluster. They hold target names, and nothing of a patient or a study.
 *
 * <p><b>Threading.</b> Four threads of its own.
 */
final class DelivererHttp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          4,
          work -> {
            Thread thread = new Thread(work, "osteon-http");
            thread.setDaemon(true);
            return thread;
          });

  DelivererHttp(InetSocketAddress address, Deliverer deliverer) throws IOException {
    server = HttpServer.create(address, 0);
    server.createContext("/livez", e -> answer(e, "alive", deliverer.notAlive()));
    server.createContext("/readyz", e -> answer(e, "ready", deliverer.notReady()));
    server.createContext(
        "/metrics", e -> answer(e, 200, "text/plain; version=0.0.4", deliverer.metrics()));
    server.setExecutor(threads);
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

  private static void answer(HttpExchange exchange, String what, List<String> reasons)
      throws IOException {
    boolean well = reasons.isEmpty();
    answer(
        exchange,
        well ? 200 : 503,
        "application/json",
        JSON.writeValueAsString(Map.of(what, well, "reasons", reasons)) + "\n");
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
