package org.osteon.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.console.act.Action;
import org.osteon.console.act.ActionDoor;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.console.shelf.VersionShelf;
import org.osteon.console.watch.Deliveries;
import org.osteon.console.watch.Replicas;
import org.osteon.http.HttpDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page, its stream of changes, and its actions. A browser is told that something is new, at
 * most once a second, and then asks for the lists: ten records or ten thousand cost it the same.
 *
 * <p><b>Threading.</b> A thread for each open page, up to a bound.
 */
final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final long PACE_MILLIS = 1000;

  private final HttpDoor door;
  private final boolean loopback;
  private final Live live;
  private final Templates templates = new Templates();

  /**
   * What is behind the pages.
   *
   * @param pictures null where none are shown
   * @param shelf null where no folder of versions is named
   */
  record Parts(
      Live live,
      Versions versions,
      Replicas replicas,
      Deliveries deliveries,
      Refusals refusals,
      @Nullable ConsolePictures pictures,
      @Nullable VersionShelf shelf,
      PerformancePage performance,
      Acts acts) {}

  /** What forms may have done. */
  record Acts(ActionDoor door, boolean writable, Map<String, Action> byPath) {}

  ConsoleServer(InetSocketAddress listen, Parts parts) throws IOException {
    this.live = parts.live;
    this.loopback = listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
    this.door = HttpDoor.open(listen, "osteon-console-http", HttpDoor.SHORT_REQUEST);
    page("/", "GET", e -> html(e, "console/page.jte", parts));
    page("/live", "GET", e -> html(e, "console/live.jte", parts));
    page("/events", "GET", this::events);
    page("/console.css", "GET", e -> file(e, "text/css; charset=utf-8", "console.css"));
    page("/console.js", "GET", e -> file(e, "text/javascript", "console.js"));
    page("/icon.svg", "GET", e -> file(e, "image/svg+xml", "icon.svg"));
    page("/performance", "GET", parts.performance::handle);
    ResultPages results = new ResultPages(live, parts.pictures, parts.acts.writable, templates);
    page("/result", "GET", results::page);
    page("/picture", "GET", results::picture);
    page("/map", "GET", results::map);
    if (parts.shelf != null) {
      CardPages cards = new CardPages(parts.shelf, templates);
      page("/card", "GET", cards::page);
      page("/figure", "GET", cards::figure);
    }
    parts.acts.byPath.forEach((path, action) -> page(path, "POST", parts.acts.door.to(action)));
    door.start();
  }

  int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
  }

  private void page(String path, String method, HttpHandler handler) {
    door.on(
        path,
        exchange -> {
          try {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Cache-Control", "no-store");
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (loopback && (host == null || !LOCAL.matcher(host).matches())) {
              // Another site's name that leads here would let its page read ours.
              HttpDoor.answer(exchange, 421, "text/plain", "Ask for localhost.\n");
            } else if (!exchange.getRequestURI().getPath().equals(path)) {
              HttpDoor.answer(exchange, 404, "text/plain", "There is no such page.\n");
            } else if (!exchange.getRequestMethod().equals(method)) {
              headers.set("Allow", method);
              HttpDoor.answer(exchange, 405, "text/plain", "Only " + method + ".\n");
            } else {
              handler.handle(exchange);
            }
          } catch (RuntimeException e) {
            LOG.error("{} failed.", path, e);
            HttpDoor.answer(
                exchange, 500, "text/plain", "That failed; the console's log says why.\n");
          } finally {
            exchange.close();
          }
        });
  }

  private void html(HttpExchange exchange, String template, Parts parts) throws IOException {
    View view =
        View.of(
            live.snapshot(),
            new View.Beside(
                parts.versions.all(),
                parts.replicas.all(),
                parts.replicas.shadows(),
                parts.deliveries.all(),
                parts.refusals.all(),
                parts.shelf == null ? List.of() : parts.shelf.labels(),
                parts.acts.writable));
    HttpDoor.answer(exchange, 200, Templates.HTML, templates.render(template, view));
  }

  private static void file(HttpExchange exchange, String type, String name) throws IOException {
    try (InputStream in = ConsoleServer.class.getResourceAsStream("/console/" + name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      HttpDoor.answer(exchange, 200, type, text);
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long seen = 0;
    try {
      while (true) {
        long now = live.await(seen, HEARTBEAT);
        // A comment keeps the line open, and tells this thread when no one listens any more.
        String said = now == seen ? ":\n\n" : "event: change\ndata: %d\n\n".formatted(now);
        seen = now;
        out.write(said.getBytes(StandardCharsets.UTF_8));
        out.flush();
        TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("A page was closed.", e);
    }
  }
}
