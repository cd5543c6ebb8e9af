package org.osteon.bench.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osteon.digest.Sha256;
import org.osteon.event.ImageReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of images on this machine that answers each request after the same time, however many
 * there are at once: what it takes is latency, and little CPU.
 *
 * <p><b>Threading.</b> Any.
 */
public final class SlowStore implements EventImages, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowStore.class);
  private static final String HOST = "127.0.0.1";

  /** Connections that may be asked for at once. */
  private static final int BACKLOG = 1024;

  private final ImageSet images;
  private final long latencyNanos;
  private final HttpServer server;
  private final List<ImageReference> references = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

  private SlowStore(ImageSet images, Duration latency) throws IOException {
    this.images = images;
    this.latencyNanos = latency.toNanos();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(HOST), 0), BACKLOG);
    for (int i = 0; i < images.files().size(); i++) {
      byte[] file = images.files().get(i);
      server.createContext("/" + i, exchange -> later(exchange, file));
      references.add(
          new ImageReference("http://" + address() + "/" + i, (long) file.length, Sha256.of(file)));
    }
  }

  /**
   * Serves.
   *
   * @param latency from a request to its answer
   */
  public static SlowStore of(ImageSet images, Duration latency) throws IOException {
    SlowStore store = new SlowStore(images, latency);
    store.server.start();
    return store;
  }

  /** What a service must be told to fetch from it. */
  public Map<String, String> settings() {
    return Map.of("fetch.http.hosts", address(), "fetch.private.networks", HOST + "/32");
  }

  @Override
  public String contentType() {
    return images.contentType();
  }

  @Override
  public Object image(int n) {
    return references.get(n % references.size());
  }

  private String address() {
    return HOST + ":" + server.getAddress().getPort();
  }

  private void later(HttpExchange exchange, byte[] file) {
    clock.schedule(() -> answer(exchange, file), latencyNanos, TimeUnit.NANOSECONDS);
  }

  private static void answer(HttpExchange exchange, byte[] file) {
    try (exchange) {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
    } catch (IOException e) {
      LOG.warn("Someone left without an answer: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
  }
}
