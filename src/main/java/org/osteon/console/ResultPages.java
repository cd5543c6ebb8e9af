package org.osteon.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.event.ClassificationResult;
import org.osteon.http.HttpDoor;

/**
 * The page of one result, its picture, and what lies over it. Only what the console has read is
 * drawn: an address names an event, never a file.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class ResultPages {
  private static final String QUERY = "event=";

  private final Live live;
  private final @Nullable ConsolePictures pictures;
  private final boolean writable;
  private final Templates templates;

  /**
   * @param pictures null where none are shown
   */
  ResultPages(
      Live live, @Nullable ConsolePictures pictures, boolean writable, Templates templates) {
    this.live = live;
    this.pictures = pictures;
    this.writable = writable;
    this.templates = templates;
  }

  void page(HttpExchange exchange) throws IOException {
    Optional<ClassificationResult> found = live.result(event(exchange));
    if (found.isEmpty()) {
      gone(exchange, "There is no such result among the last thousands.\n");
      return;
    }
    ClassificationResult result = found.get();
    String event = result.getEventId();
    boolean picture = pictures != null && pictures.has(event);
    ResultView view =
        ResultView.of(
            result,
            new ResultView.Beside(
                live.openAlerts(event),
                picture,
                picture && pictures != null && pictures.explains(result),
                live.waits(event),
                writable));
    HttpDoor.answer(exchange, 200, Templates.HTML, templates.render("console/result.jte", view));
  }

  void picture(HttpExchange exchange) throws IOException {
    try {
      png(exchange, pictures == null ? Optional.empty() : pictures.picture(event(exchange)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void map(HttpExchange exchange) throws IOException {
    Optional<ClassificationResult> result = live.result(event(exchange));
    try {
      png(
          exchange,
          pictures == null || result.isEmpty() ? Optional.empty() : pictures.map(result.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void png(HttpExchange exchange, Optional<byte[]> png) throws IOException {
    if (png.isEmpty()) {
      gone(exchange, "There is no such picture, or it is gone by now.\n");
      return;
    }
    HttpDoor.answer(exchange, 200, "image/png", png.get());
  }

  private static void gone(HttpExchange exchange, String why) throws IOException {
    HttpDoor.answer(exchange, 404, "text/plain; charset=utf-8", why);
  }

  private static String event(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query != null && query.startsWith(QUERY)
        ? URLDecoder.decode(query.substring(QUERY.length()), StandardCharsets.UTF_8)
        : "";
  }
}
