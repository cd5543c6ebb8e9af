package org.osteon.fetch;

import org.jspecify.annotations.Nullable;

/** A reference's own failure, on its way out of a store. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final FetchFault fault;

  /**
   * @param message one sentence, without the address
   */
  Refusal(FetchFault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  FetchFault fault() {
    return fault;
  }

  static Refusal forbidden(String message) {
    return new Refusal(FetchFault.FORBIDDEN_URI, message);
  }

  /**
   * What a status of HTTP means for a reference.
   *
   * @return null where the store may answer otherwise in a moment
   */
  static @Nullable Refusal ofStatus(int status, String store) {
    if (status == 404 || status == 410) {
      return new Refusal(FetchFault.NOT_FOUND, "There is no such object at " + store + ".");
    }
    if (status >= 300 && status < 400) {
      return forbidden(store + " redirects elsewhere (" + status + "); no redirect is followed.");
    }
    if (status < 200 || status >= 500 || status == 408 || status == 425 || status == 429) {
      return null;
    }
    return new Refusal(
        FetchFault.STORE_REFUSED, store + " refuses to hand it out (" + status + ").");
  }
}
