package org.osteon.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An address that answers in plain HTTP.
 *
 * <p>A thread reads a request from its first byte to its last, so a peer that sends half of one
 * holds a thread: there are many, and a request that is not there in time is given up.
 *
 * <p><b>Threading.</b> Threads of its own, as many as there are requests, up to a bound.
 */
public final class HttpDoor implements AutoCloseable {
  /** Enough for a probe or a page, in seconds. */
  public static final int SHORT_REQUEST = 5;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_THREADS = 64;

  /** A recording of the virtual machine takes five minutes; other answers fit a socket's buffer. */
  private static final String ANSWER_SECONDS = "330";

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpDoor(HttpServer server, String name) {
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            2,
            MOST_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
  }

  /**
   * Binds it; it answers from {@link #start} on.
   *
   * @param name of its threads
   * @param requestSeconds that a request may take from its first byte to its last. The JDK reads
   *     this once a process, with the first server there is
   */
  public static HttpDoor open(InetSocketAddress address, String name, int requestSeconds)
      throws IOException {
    limitRequests(requestSeconds);
    return new HttpDoor(HttpServer.create(address, 0), name);
  }

  /** The same limits for a server that is no door; before the first server is made. */
  public static void limitRequests(int seconds) {
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", Integer.toString(seconds));
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
  }

  /** Answers a path and what lies below it. */
  public HttpDoor on(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  /** From now on. */
  public HttpDoor start() {
    server.start();
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Answers with JSON, and ends the exchange. */
  public static void json(HttpExchange exchange, int status, Object body) throws IOException {
    answer(exchange, status, "application/json", JSON.writeValueAsString(body) + "\n");
  }

  /** What Prometheus reads. */
  public static void metrics(HttpExchange exchange, String scraped) throws IOException {
    answer(exchange, 200, "text/plain; version=0.0.4", scraped);
  }

  /** Answers with a text in UTF-8, and ends the exchange. */
  public static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    answer(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a file, and ends the exchange. */
  public static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
