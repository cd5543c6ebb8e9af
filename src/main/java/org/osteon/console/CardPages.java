package org.osteon.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.osteon.console.shelf.VersionShelf;
import org.osteon.http.HttpDoor;

/**
 * The card of a version and the figures of its report. Text of the card stays text: markup in it
 * that is not Markdown is escaped, and only safe addresses become links.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class CardPages {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());

  private final Parser parser = Parser.builder().extensions(TABLES).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder().extensions(TABLES).escapeHtml(true).sanitizeUrls(true).build();
  private final VersionShelf shelf;
  private final Templates templates;

  CardPages(VersionShelf shelf, Templates templates) {
    this.shelf = shelf;
    this.templates = templates;
  }

  void page(HttpExchange exchange) throws IOException {
    String label = query(exchange, "version");
    Optional<String> card = shelf.card(label);
    if (card.isEmpty()) {
      gone(exchange, "There is no such version, or it has no card.\n");
      return;
    }
    CardView view = new CardView(label, html(card.get()), shelf.figures(label));
    HttpDoor.answer(exchange, 200, Templates.HTML, templates.render("console/card.jte", view));
  }

  void figure(HttpExchange exchange) throws IOException {
    Optional<byte[]> png = shelf.figure(query(exchange, "version"), query(exchange, "name"));
    if (png.isEmpty()) {
      gone(exchange, "There is no such figure.\n");
      return;
    }
    HttpDoor.answer(exchange, 200, "image/png", png.get());
  }

  String html(String markdown) {
    return renderer.render(parser.parse(markdown));
  }

  private static void gone(HttpExchange exchange, String why) throws IOException {
    HttpDoor.answer(exchange, 404, "text/plain; charset=utf-8", why);
  }

  /** A value of the address's query; empty where it is not there. */
  private static String query(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String part : (query == null ? "" : query).split("&")) {
      if (part.startsWith(name + "=")) {
        return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
