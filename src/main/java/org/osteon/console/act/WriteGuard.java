package org.osteon.console.act;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a request may change something: it comes from the console's own page, or from no
 * page at all, and shows the token.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class WriteGuard {
  private static final String BEARER = "Bearer ";

  private final byte @Nullable [] token;

  /**
   * @param token that actions need; null where there are none
   */
  public WriteGuard(@Nullable String token) {
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  /** Why not, with the status of the answer. */
  record Refusal(int status, String why) {}

  /** Whether anything may be done at all. */
  public boolean writable() {
    return token != null;
  }

  /**
   * @param shown the token in the form, or null
   * @return null where it may
   */
  @Nullable Refusal refusal(Headers headers, @Nullable String shown) {
    // Another site's page makes any user's browser send it.
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return new Refusal(403, "The request comes from another site.");
    }
    String origin = headers.getFirst("Origin");
    String host = headers.getFirst("Host");
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      return new Refusal(403, "The request comes from another site.");
    }
    byte[] wanted = token;
    if (wanted == null) {
      return new Refusal(403, "The console is read-only: set console.token.file.");
    }
    String header = headers.getFirst("Authorization");
    String sent =
        header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : shown;
    if (sent == null
        || !MessageDigest.isEqual(sent.trim().getBytes(StandardCharsets.UTF_8), wanted)) {
      return new Refusal(401, "That is not the token of console.token.file.");
    }
    return null;
  }
}
