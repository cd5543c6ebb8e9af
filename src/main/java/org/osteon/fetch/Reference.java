package org.osteon.fetch;

/**
 * A claim check: where an image lies, and what it must be.
 *
 * @param uri {@code s3://}, {@code https://} or {@code file://}; it may carry a signature in its
 *     query, so it is never logged
 * @param length of the file in bytes
 * @param sha256 of the file, lower-case hex
 */
public record Reference(String uri, long length, String sha256) {
  /** Without the address. */
  @Override
  public String toString() {
    return "Reference[" + length + " bytes, " + sha256 + "]";
  }
}
