package org.osteon.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Performance;
import org.osteon.event.registry.EventSerdes;
import org.osteon.http.HttpDoor;
import org.osteon.report.WorthPage;

/**
 * What versions are worth here, as {@code osteon report --performance} writes it, of what the topic
 * holds when the page is asked for.
 *
 * <p><b>Threading.</b> One at a time; others wait, so that no reader keeps the brokers busy by
 * asking.
 */
final class PerformancePage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Settings settings;
  private final Deserializer<Performance> deserializer;

  PerformancePage(Settings settings, EventSerdes serdes) {
    this.settings = settings;
    this.deserializer = serdes.performance().deserializer();
  }

  synchronized void handle(HttpExchange exchange) throws IOException {
    Map<String, Performance> held;
    String topic = settings.get(TopicKeys.PERFORMANCE);
    try {
      held = TopicWindow.latest(settings, topic, deserializer, TopicWindow.UNWATCHED);
    } catch (SerializationException e) {
      HttpDoor.answer(exchange, 500, "text/plain", "What " + topic + " holds are no figures.\n");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    // Its style is within the page, and nothing else may run or load.
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    HttpDoor.answer(
        exchange, 200, "text/html; charset=utf-8", WorthPage.of(held.values(), Instant.now()));
  }
}
