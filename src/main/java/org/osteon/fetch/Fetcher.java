package org.osteon.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.osteon.config.keys.FetchKeys;
import org.osteon.digest.Sha256;
import org.osteon.fetch.Fetched.Bytes;
import org.osteon.fetch.Fetched.Refused;
import org.osteon.fetch.Fetched.Unavailable;
import org.osteon.fetch.Place.Opened;
import org.osteon.limit.Backoff;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches within what the settings allow: never more bytes than the reference says, verified, tried
 * again with back-off while the store is away, ended by one time-out over everything.
 *
 * <p><b>Threading.</b> Any number of threads fetch at once.
 */
public final class Fetcher implements ImageFetcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final int CHUNK = 64 * 1024;

  private final Map<String, Store> stores = new HashMap<>();
  private final Watchdog watchdog = new Watchdog("osteon-fetch-watchdog");
  private final StorePatience patience;
  private final Duration timeout;
  private final long maxBytes;

  /**
   * @param maxBytes {@code image.max.bytes}
   */
  public Fetcher(FetchSettings settings, long maxBytes, FetchSettings.Watch watch) {
    this.timeout = settings.timeout();
    this.maxBytes = maxBytes;
    this.patience = new StorePatience(settings.patience(), watch);
    if (!settings.roots().isEmpty()) {
      stores.put("file", new FileStore(settings.roots()));
    }
    if (!settings.buckets().isEmpty()) {
      stores.put(
          "s3",
          new S3Store(
              S3Connection.open(settings.s3()), settings.buckets(), FetchKeys.S3_BUCKETS.key()));
    }
    CheckedResolver resolver =
        new CheckedResolver(new Networks(settings.privateNetworks()), InetAddress::getAllByName);
    if (!settings.httpsHosts().isEmpty()) {
      stores.put(
          "https", new HttpStore("https", settings.httpsHosts(), resolver, settings.threads()));
    }
    if (!settings.httpHosts().isEmpty()) {
      stores.put("http", new HttpStore("http", settings.httpHosts(), resolver, settings.threads()));
    }
  }

  @Override
  public Optional<Refused> refusal(Reference reference) {
    try {
      place(reference);
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(refused(e, 0));
    }
  }

  @Override
  public Fetched fetch(Reference reference, long beganNanos) throws InterruptedException {
    int attempts = 0;
    try {
      Place place = place(reference);
      Deadline deadline = new Deadline(beganNanos + timeout.toNanos());
      while (true) {
        attempts++;
        String because;
        try {
          byte[] bytes = read(place, reference, deadline);
          patience.answered(place.store());
          return new Bytes(bytes, reference.sha256(), attempts);
        } catch (Refusal e) {
          patience.answered(place.store());
          throw e;
        } catch (IOException | RuntimeException e) {
          // Its message may hold the address; only its kind is told.
          because = e.getClass().getSimpleName();
          LOG.debug("{} did not answer: {}", place.store(), because);
        }
        long most = PAUSES.after(attempts).toNanos();
        long left = deadline.nanos() - System.nanoTime() - most;
        if (left <= 0 || patience.exhausted(place.store())) {
          return away(place.store(), because, beganNanos, attempts);
        }
        TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
      }
    } catch (Refusal e) {
      return refused(e, Math.max(1, attempts));
    }
  }

  @Override
  public void close() {
    stores.values().forEach(Store::close);
    watchdog.close();
  }

  private Place place(Reference reference) throws Refusal {
    if (reference.length() > maxBytes) {
      throw new Refusal(
          FetchFault.TOO_MANY_BYTES,
          "The reference says %d bytes, more than image.max.bytes (%d)."
              .formatted(reference.length(), maxBytes));
    }
    if (reference.length() < 1 || !SHA256.matcher(reference.sha256()).matches()) {
      throw new Refusal(
          FetchFault.DIGEST_MISMATCH,
          "The reference must say the image's length and its SHA-256 in lower-case hex.");
    }
    URI uri = Addresses.parse(reference.uri());
    Store store = stores.get(Addresses.scheme(uri));
    if (store == null) {
      throw Refusal.forbidden("Nothing is fetched by this scheme here.");
    }
    return store.place(uri);
  }

  private byte[] read(Place place, Reference reference, Deadline deadline)
      throws Refusal, IOException {
    deadline.check();
    try (Watchdog.Guard guard = watchdog.watch(deadline);
        Opened opened = place.open(deadline, guard)) {
      guard.endsBy(opened.abort());
      if (opened.length() > maxBytes) {
        throw new Refusal(
            FetchFault.TOO_MANY_BYTES, "The object has more bytes than image.max.bytes.");
      }
      if (opened.length() >= 0 && opened.length() != reference.length()) {
        throw mismatch("length");
      }
      byte[] bytes = read(opened.stream(), (int) reference.length(), opened.abort());
      if (!Sha256.of(bytes).equals(reference.sha256())) {
        throw mismatch("SHA-256");
      }
      return bytes;
    }
  }

  private static byte[] read(InputStream in, int length, Runnable abort)
      throws Refusal, IOException {
    byte[] bytes = new byte[length];
    int have = 0;
    while (have < length) {
      int more = in.read(bytes, have, Math.min(CHUNK, length - have));
      if (more < 0) {
        throw mismatch("length");
      }
      have += more;
    }
    if (in.read() >= 0) {
      // What is left is not read to its end: it might have none.
      abort.run();
      throw mismatch("length");
    }
    return bytes;
  }

  private Fetched away(String store, String because, long beganNanos, int attempts) {
    String message = "%s does not answer (%s).".formatted(store, because);
    if (patience.waits(store, beganNanos, message)) {
      return new Unavailable(message, attempts);
    }
    return new Refused(
        FetchFault.STORE_UNAVAILABLE,
        message + " Publish it again when it does: osteon redrive --reason STORE_UNAVAILABLE.",
        attempts);
  }

  private static Refused refused(Refusal e, int attempts) {
    return new Refused(e.fault(), String.valueOf(e.getMessage()), attempts);
  }

  private static Refusal mismatch(String what) {
    return new Refusal(
        FetchFault.DIGEST_MISMATCH, "What lies there has another " + what + " than its reference.");
  }
}
