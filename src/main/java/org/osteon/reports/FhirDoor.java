package org.osteon.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Truth;
import org.osteon.http.HttpDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /DiagnosticReport} and {@code PUT /DiagnosticReport/{id}}, FHIR R4 in JSON, for a
 * sender that shows the token: an integration engine, or a server's Subscription (rest-hook with
 * payload). It stores no resource: 202 says that the brokers have what it found, 503 that it should
 * come again.
 *
 * <p><b>Threading.</b> A few threads of its own.
 */
final class FhirDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FhirDoor.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/fhir+json";
  private static final String BEARER = "Bearer ";
  private static final int THREADS = 8;
  private static final int MOST_BYTES = 4 << 20;
  private static final int REQUEST_SECONDS = 30;

  static {
    HttpDoor.limitRequests(REQUEST_SECONDS);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final byte[] token;
  private final ReportMapping mapping;
  private final AnsweredStudies studies;
  private final TruthSink sink;

  /**
   * Where it listens, and who may come.
   *
   * @param port 0 for a free one
   * @param tls null for plain HTTP
   * @param token that senders must show
   */
  record Terms(int port, @Nullable SSLContext tls, String token) {}

  FhirDoor(Terms terms, ReportMapping mapping, AnsweredStudies studies, TruthSink sink)
      throws IOException {
    this.token = terms.token.getBytes(StandardCharsets.UTF_8);
    this.mapping = mapping;
    this.studies = studies;
    this.sink = sink;
    this.server = create(terms.tls);
    this.server.bind(new InetSocketAddress(terms.port), 0);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "osteon-fhir");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/DiagnosticReport", this::handle);
    server.start();
  }

  private static HttpServer create(@Nullable SSLContext tls) throws IOException {
    if (tls == null) {
      return HttpServer.create();
    }
    HttpsServer secure = HttpsServer.create();
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secure;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!knowsToken(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        outcome(exchange, 401, "login", "Send the token: Authorization: Bearer …");
      } else if (!List.of("POST", "PUT").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "POST, PUT");
        outcome(exchange, 405, "not-supported", "Reports are taken here and never given out.");
      } else {
        take(exchange);
      }
    } catch (RuntimeException e) {
      LOG.error("A report could not be answered: {}", e.getClass().getSimpleName());
    }
  }

  private boolean knowsToken(HttpExchange exchange) {
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    return sent != null
        && sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            sent.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8), token);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      outcome(exchange, 413, "too-long", "A report has at most 4 MiB.");
      return;
    }
    ReportedOrder order;
    try {
      order = FhirReport.read(JSON.readTree(body), mapping);
      if (!order.isNamed()) {
        throw new IllegalArgumentException(
            "It names neither a study (urn:dicom:uid) nor an accession number (ACSN).");
      }
    } catch (JsonProcessingException e) {
      outcome(exchange, 400, "structure", "The body is no JSON.");
      return;
    } catch (IllegalArgumentException e) {
      outcome(exchange, 422, "required", String.valueOf(e.getMessage()));
      return;
    }
    try {
      List<Truth> truths = studies.truths(order, mapping.sawAnswer());
      sink.publish(truths);
      LOG.info("A report was taken: {} truths.", truths.size());
      outcome(exchange, 202, "informational", "Taken.");
    } catch (RuntimeException e) {
      LOG.warn("A report was not taken: {}", e.getClass().getSimpleName());
      exchange.getResponseHeaders().set("Retry-After", "10");
      outcome(exchange, 503, "transient", "It is not stored: send it again.");
    }
  }

  private static void outcome(HttpExchange exchange, int status, String code, String words)
      throws IOException {
    Map<String, String> issue =
        Map.of(
            "severity", status < 400 ? "information" : "error", "code", code, "diagnostics", words);
    HttpDoor.answer(
        exchange,
        status,
        TYPE,
        JSON.writeValueAsString(
            Map.of("resourceType", "OperationOutcome", "issue", List.of(issue))));
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
