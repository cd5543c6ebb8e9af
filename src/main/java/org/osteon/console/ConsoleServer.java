package org.osteon.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.osteon.client.Redrive;
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
  private static final Logger AUDIT = LoggerFactory.getLogger("org.osteon.console.audit");

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);

  private static final String HTML = "text/html; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
  private static final Pattern REASON = Pattern.compile("[A-Z0-9_]{1,60}");
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final long PACE_MILLIS = 1000;

  private final HttpDoor door;
  private final boolean loopback;
  private final Live live;
  private final WriteGuard guard;
  private final Redriving redriving;

  ConsoleServer(
      InetSocketAddress listen, Live live, WriteGuard guard, Redriving redriving, Extras extras)
      throws IOException {
    this.live = live;
    this.guard = guard;
    this.redriving = redriving;
    this.loopback = listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
    this.door = HttpDoor.open(listen, "osteon-console-http", HttpDoor.SHORT_REQUEST);
    page("/", "GET", e -> HttpDoor.answer(e, 200, HTML, render("console/page.jte")));
    page("/live", "GET", e -> HttpDoor.answer(e, 200, HTML, render("console/live.jte")));
    page("/events", "GET", this::events);
    page(
        "/console.css",
        "GET",
        e -> HttpDoor.answer(e, 200, "text/css; charset=utf-8", file("console.css")));
    page("/console.js", "GET", e -> HttpDoor.answer(e, 200, "text/javascript", file("console.js")));
    page("/redrive", "POST", this::redrive);
    page("/truth", "POST", extras.saying()::handle);
    page("/performance", "GET", extras.performance()::handle);
    door.start();
  }

  /** Pages and actions with a class of their own. */
  record Extras(Saying saying, PerformancePage performance) {}

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

  private String render(String template) {
    StringOutput out = new StringOutput();
    TEMPLATES.render(template, View.of(live.snapshot(), guard.writable()), out);
    return out.toString();
  }

  private static String file(String name) throws IOException {
    try (InputStream in = ConsoleServer.class.getResourceAsStream("/console/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
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

  private void redrive(HttpExchange exchange) throws IOException {
    Form form = Form.of(exchange);
    String who = form.get("who");
    String reason = form.get("reason");
    String from = form.from();
    boolean words = form.saysWho() && REASON.matcher(reason).matches();
    WriteGuard.Refusal refusal = guard.refusal(exchange.getRequestHeaders(), form.get("token"));
    if (refusal == null && !words) {
      refusal = new WriteGuard.Refusal(400, "Give who you are and the reason's code.");
    }
    if (refusal != null) {
      AUDIT.warn("action=redrive refused={} from={}", refusal.status(), from);
      HttpDoor.answer(exchange, refusal.status(), "text/plain", refusal.why() + "\n");
      return;
    }
    AUDIT.info("action=redrive reason={} who=\"{}\" from={} begun", reason, who, from);
    try {
      Redrive.Outcome outcome = redriving.run(reason);
      AUDIT.info(
          "action=redrive reason={} who=\"{}\" published={}", reason, who, outcome.published());
      String said =
          "%d dead letters published again, %d left.\n"
              .formatted(outcome.published(), outcome.guarded() + outcome.elsewhere());
      HttpDoor.answer(exchange, 200, "text/plain", said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
