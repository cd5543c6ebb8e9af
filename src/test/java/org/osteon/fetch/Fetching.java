package org.osteon.fetch;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.osteon.config.Settings;
import org.osteon.digest.Sha256;

/** What the tests of this room share. */
final class Fetching {
  static final int MAX_BYTES = 2_000_000;

  private Fetching() {}

  /** A fetcher with these settings, half a second for each fetch and no patience. */
  static Fetcher with(Map<String, String> further) {
    return with(further, FetchSettings.Watch.NONE);
  }

  static Fetcher with(Map<String, String> further, FetchSettings.Watch watch) {
    Map<String, String> values = new HashMap<>();
    values.put("fetch.timeout.ms", "1500");
    values.put("fetch.patience.minutes", "0");
    values.putAll(further);
    return new Fetcher(FetchSettings.of(Settings.of(values)), MAX_BYTES, watch);
  }

  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A reference to exactly these bytes. */
  static Reference to(String uri, byte[] bytes) {
    return new Reference(uri, bytes.length, Sha256.of(bytes));
  }

  static Fetched fetch(ImageFetcher fetcher, Reference reference) throws InterruptedException {
    return fetcher.fetch(reference, System.nanoTime());
  }

  /** The reason, or empty where it was fetched. */
  static String reason(Fetched fetched) {
    return fetched instanceof Fetched.Refused refused ? refused.fault().name() : "";
  }
}
