package org.osteon.deliver;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.osteon.http.HttpDoor;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics} of the deliverer, in plain HTTP for within a
 * cluster. They hold target names, and nothing of a patient or a study.
 *
 * <p><b>Threading.</b> The door's.
 */
final class DelivererHttp implements AutoCloseable {
  private final HttpDoor door;

  DelivererHttp(InetSocketAddress address, Deliverer deliverer) throws IOException {
    door =
        HttpDoor.open(address, "osteon-http", HttpDoor.SHORT_REQUEST)
            .on("/livez", e -> answer(e, "alive", deliverer.notAlive()))
            .on("/readyz", e -> answer(e, "ready", deliverer.notReady()))
            .on("/metrics", e -> HttpDoor.metrics(e, deliverer.metrics()))
            .start();
  }

  int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
  }

  private static void answer(HttpExchange exchange, String what, List<String> reasons)
      throws IOException {
    boolean well = reasons.isEmpty();
    HttpDoor.json(exchange, well ? 200 : 503, Map.of(what, well, "reasons", reasons));
  }
}
