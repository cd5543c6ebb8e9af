package org.osteon.console.act;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of a form that was sent, and from where.
 *
 * @param fields by name
 * @param from address
 */
public record Form(Map<String, String> fields, String from) {
  private static final Pattern WHO = Pattern.compile("[\\w .@-]{1,60}");
  private static final int MOST_BYTES = 4096;

  static Form of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new Form(Map.copyOf(fields), exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  /** The field, or nothing. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Whether it says who acts, in words that a log may hold. */
  boolean saysWho() {
    return WHO.matcher(get("who")).matches();
  }
}
