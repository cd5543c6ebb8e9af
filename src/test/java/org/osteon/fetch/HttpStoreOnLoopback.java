package org.osteon.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of images that speaks HTTP and answers as a test says. */
@SuppressWarnings("NullAway.Init")
abstract class HttpStoreOnLoopback {
  static final String LOOPBACK = "127.0.0.1";

  final byte[] image = Fetching.noise(300_000);
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Map<String, HttpHandler> answers = new HashMap<>();
  final CountDownLatch end = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  HttpServer server;
  String host;

  @BeforeEach
  void serve() throws Exception {
    server = listening(HttpServer.create());
    host = LOOPBACK + ":" + server.getAddress().getPort();
    answers.put("/image", exchange -> body(exchange, 200, image));
  }

  @AfterEach
  void close() throws Exception {
    end.countDown();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  <T extends HttpServer> T listening(T made) throws IOException {
    made.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0), 0);
    made.setExecutor(Executors.newCachedThreadPool());
    made.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          Objects.requireNonNull(answers.get(exchange.getRequestURI().getPath())).handle(exchange);
        });
    made.start();
    open.add(() -> made.stop(0));
    return made;
  }

  Fetcher inside() {
    return with(Map.of("fetch.http.hosts", host, "fetch.private.networks", "127.0.0.1/32"));
  }

  Fetcher with(Map<String, String> settings) {
    Fetcher fetcher = Fetching.with(settings);
    open.add(fetcher);
    return fetcher;
  }

  Fetched fetch(Fetcher fetcher, String path) throws InterruptedException {
    return Fetching.fetch(fetcher, Fetching.to("http://" + host + path, image));
  }

  boolean awaitEnd(long millis) {
    try {
      return end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  static void body(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
