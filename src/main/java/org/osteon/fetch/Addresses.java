package org.osteon.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What every address must be, whatever its scheme: nothing in it that two readers read twice. */
final class Addresses {
  private static final int LONGEST = 4096;

  private Addresses() {}

  /**
   * @throws Refusal it is no absolute URI, or it carries credentials, dots that climb, or anything
   *     that hides where it leads
   */
  static URI parse(String text) throws Refusal {
    if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')) {
      throw Refusal.forbidden(
          "The address is longer than 4096 characters or holds characters that must be encoded.");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw Refusal.forbidden("The address is no URI.");
    }
    String authority = uri.getRawAuthority();
    if (uri.getScheme() == null || uri.isOpaque() || uri.getRawPath() == null) {
      throw Refusal.forbidden("The address is no absolute URI with a path.");
    }
    if (authority != null && (authority.contains("@") || authority.contains("%"))) {
      throw Refusal.forbidden("The address carries credentials or an encoded host.");
    }
    if (uri.getRawFragment() != null) {
      throw Refusal.forbidden("The address carries a fragment.");
    }
    checkPath(uri);
    return uri;
  }

  /** The scheme in lower case. */
  static String scheme(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static void checkPath(URI uri) throws Refusal {
    String raw = uri.getRawPath();
    String lower = raw.toLowerCase(Locale.ROOT);
    if (lower.contains("%2f") || lower.contains("%5c")) {
      throw Refusal.forbidden("The path hides a separator.");
    }
    String path = uri.getPath();
    // What was decoded once must not decode again: a store behind a proxy might.
    for (String segment : path.split("/", -1)) {
      boolean climbs = segment.equals("..") || segment.equals(".");
      boolean control = segment.chars().anyMatch(c -> c < ' ' || c == 127);
      if (climbs || control || segment.toLowerCase(Locale.ROOT).contains("%2e")) {
        throw Refusal.forbidden("The path holds dots that climb, or control characters.");
      }
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw Refusal.forbidden("The path is too long.");
    }
  }
}
