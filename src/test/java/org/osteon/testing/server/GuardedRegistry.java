package org.osteon.testing.server;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Certificates;

/**
 * The registry behind a proxy with TLS that asks for a name and a password, as hospitals have it.
 */
public final class GuardedRegistry implements AutoCloseable {
  /** Who may come in. */
  public static final String USER = "osteon";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpClient client = HttpClient.newHttpClient();
  private final String behind;

  private GuardedRegistry(HttpsServer server, String behind) {
    this.server = server;
    this.behind = behind;
  }

  /**
   * @param behind address of the registry itself
   */
  public static GuardedRegistry start(String behind, Certificates own, String password)
      throws Exception {
    HttpsServer https = HttpsServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    GuardedRegistry registry = new GuardedRegistry(https, behind);
    https
        .createContext("/", registry::pass)
        .setAuthenticator(
            new BasicAuthenticator("registry") {
              @Override
              public boolean checkCredentials(String user, String shown) {
                return user.equals(USER) && shown.equals(password);
              }
            });
    https.setExecutor(registry.threads);
    https.start();
    return registry;
  }

  /** {@code schema.registry.url}. */
  public String url() {
    return "https://" + Ports.LOOPBACK + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), body);
    for (String name : new String[] {"Content-Type", "Accept"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      exchange.close();
    }
  }
}
