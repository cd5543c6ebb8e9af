package org.osteon.fetch;

/** How fetching ended. */
public sealed interface Fetched {
  /** How often the store was asked. */
  int attempts();

  /**
   * The image.
   *
   * @param bytes of the length that the reference says
   * @param sha256 their digest, verified, lower-case hex
   */
  @SuppressWarnings("ArrayRecordComponent") // owned by its receiver; never copied
  record Bytes(byte[] bytes, String sha256, int attempts) implements Fetched {}

  /**
   * The reference's own failure: another attempt would end the same.
   *
   * @param message one sentence for a person, without the address
   */
  record Refused(FetchFault fault, String message, int attempts) implements Fetched {}

  /**
   * The store's failure: nothing is known of the image, so it must not fail for it.
   *
   * @param message one sentence that names the store
   */
  record Unavailable(String message, int attempts) implements Fetched {}
}
