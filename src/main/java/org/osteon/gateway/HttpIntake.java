package org.osteon.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.ScpSettings;
import org.osteon.gateway.Answer.Kind;
import org.osteon.http.HttpDoor;
import org.osteon.image.dicom.DicomCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /events}, an image as the body, and DICOMweb's {@code POST /studies} (PS3.18 section
 * 10.5), for whoever knows the token.
 *
 * <p><b>Threading.</b> A few threads of its own; images in memory are bounded.
 */
final class HttpIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpIntake.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 64 * 1024;
  private static final int THREADS = 16;
  private static final int WAIT_SECONDS = 15;

  /** Seconds in which an image must be here, over a slow line too. */
  static final int REQUEST_SECONDS = 120;

  static {
    HttpDoor.limitRequests(REQUEST_SECONDS);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore room;
  private final Intake intake;
  private final byte[] token;
  private final long maxBytes;

  HttpIntake(int port, String token, ScpSettings shared, Intake intake) throws IOException {
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.intake = intake;
    this.maxBytes = shared.maxDataSetBytes();
    this.room = new Semaphore(shared.maxDataSets(), true);
    this.server = create(shared.tls());
    this.server.bind(new InetSocketAddress(port), 0);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "osteon-gateway-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/events", guarded(this::event));
    server.createContext("/studies", guarded(this::stow));
    server.createContext(
        "/livez", exchange -> HttpDoor.json(exchange, 200, Map.of("status", "up")));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }

  private static HttpServer create(@Nullable SSLContext tls) throws IOException {
    if (tls == null) {
      return HttpServer.create();
    }
    HttpsServer secure = HttpsServer.create();
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secure;
  }

  /** What is asked with the token, and by POST; room for an image is waited for. */
  private interface Guarded {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private HttpHandler guarded(Guarded handler) {
    return exchange -> {
      boolean held = false;
      try (exchange) {
        if (!knowsToken(exchange)) {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
          problem(exchange, 401, "Send the gateway's token: Authorization: Bearer …");
        } else if (!exchange.getRequestMethod().equals("POST")) {
          exchange.getResponseHeaders().set("Allow", "POST");
          problem(exchange, 405, "Only POST is taken here.");
        } else {
          held = room.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
          if (held) {
            handler.handle(exchange);
          } else {
            problem(exchange, 503, "Too many images at once: try again later.");
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.error("A request failed", e);
      } finally {
        if (held) {
          room.release();
        }
      }
    };
  }

  private boolean knowsToken(HttpExchange exchange) {
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    String prefix = "Bearer ";
    return sent != null
        && sent.startsWith(prefix)
        && MessageDigest.isEqual(
            sent.substring(prefix.length()).trim().getBytes(StandardCharsets.UTF_8), token);
  }

  private void event(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = body(exchange.getRequestBody());
    if (body == null) {
      problem(exchange, 413, "The image is larger than image.max.bytes.");
      return;
    }
    IncomingImage.Facts facts;
    try {
      facts = RequestFacts.of(exchange.getRequestURI().getRawQuery());
    } catch (IllegalArgumentException e) {
      problem(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Answer answer =
        DicomCopy.recognises(body)
            ? intake.takeDicom(body, facts.study(), facts.stat())
            : intake.take(new IncomingImage(body, facts));
    if (answer.stored()) {
      HttpDoor.json(
          exchange,
          answer.kind().http(),
          Map.of("eventId", answer.eventId(), "studyInstanceUid", answer.study()));
    } else {
      retryLater(exchange, answer.kind());
      problem(exchange, answer.kind().http(), answer.message());
    }
  }

  private void stow(HttpExchange exchange) throws IOException, InterruptedException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    if (path.length > 3) {
      problem(exchange, 404, "Store to /studies or to /studies/{study}.");
      return;
    }
    String study = path.length == 3 ? path[2] : "";
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    boolean stat;
    try {
      stat = RequestFacts.stat(exchange.getRequestURI().getRawQuery());
    } catch (IllegalArgumentException e) {
      problem(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Stow stow = new Stow(intake, maxBytes, study, stat);
    try {
      stow.read(type, exchange.getRequestBody());
    } catch (IllegalArgumentException e) {
      problem(exchange, 415, String.valueOf(e.getMessage()));
      return;
    }
    if (stow.answers().stream().allMatch(answer -> answer.kind() == Kind.AWAY)) {
      retryLater(exchange, Kind.AWAY);
    }
    HttpDoor.answer(
        exchange,
        stow.httpStatus(),
        "application/dicom+json",
        JSON.writeValueAsString(stow.response()));
  }

  /** All of it, or null where it is longer than an image may be. */
  private byte @Nullable [] body(InputStream in) throws IOException {
    byte[] body = in.readNBytes(Math.toIntExact(maxBytes + 1));
    if (body.length <= maxBytes) {
      return body;
    }
    // Read on for a while, or the answer would be lost in the reset of the connection.
    byte[] ignored = new byte[BUFFER];
    for (long more = 0; more < 4 * maxBytes; more += BUFFER) {
      if (in.readNBytes(ignored, 0, BUFFER) < BUFFER) {
        break;
      }
    }
    return null;
  }

  private static void retryLater(HttpExchange exchange, Kind kind) {
    if (kind == Kind.AWAY) {
      exchange.getResponseHeaders().set("Retry-After", "10");
    }
  }

  private static void problem(HttpExchange exchange, int status, String message)
      throws IOException {
    HttpDoor.json(exchange, status, Map.of("message", message));
  }
}
