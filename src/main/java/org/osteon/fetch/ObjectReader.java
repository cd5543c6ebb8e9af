package org.osteon.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;

/**
 * Copies objects of a few buckets into files: what is no image, has no length that anyone said and
 * is no event's choice.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class ObjectReader implements AutoCloseable {
  /** From the first attempt to the last byte. */
  private static final Duration MOST = Duration.ofMinutes(5);

  /** For which a store that does not answer is asked again. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CHUNK = 64 * 1024;

  private final Watchdog watchdog = new Watchdog("osteon-object-watchdog");
  private final S3Store store;

  /**
   * @param buckets {@code bucket} or {@code bucket/prefix} that may be read
   * @param setting the key that names them, for messages
   */
  public ObjectReader(FetchSettings.S3 s3, List<String> buckets, String setting) {
    this.store = new S3Store(S3Connection.open(s3), buckets, setting);
  }

  /**
   * @param address {@code s3://bucket/key}
   * @param target is written anew
   * @param mostBytes that it may have
   * @throws NoSuchFileException there is no such object
   * @throws IOException it cannot be had; the message is a sentence without an end, and names the
   *     store
   */
  public void copy(String address, Path target, long mostBytes)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Deadline deadline = new Deadline(began + MOST.toNanos());
    try {
      Place place = store.place(Addresses.parse(address));
      while (true) {
        try {
          copy(place, target, mostBytes, deadline);
          return;
        } catch (IOException e) {
          if (System.nanoTime() - began > PATIENCE.toNanos()) {
            throw new IOException(place.store() + " does not answer (" + e.getMessage() + ")", e);
          }
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
      }
    } catch (Refusal e) {
      if (e.fault() == FetchFault.NOT_FOUND) {
        throw new NoSuchFileException(address);
      }
      String message = String.valueOf(e.getMessage());
      throw new IOException(message.replaceFirst("\\.$", ""), e);
    }
  }

  private void copy(Place place, Path target, long mostBytes, Deadline deadline)
      throws Refusal, IOException {
    deadline.check();
    try (Watchdog.Guard guard = watchdog.watch(deadline);
        Place.Opened opened = place.open(deadline, guard);
        OutputStream out = Files.newOutputStream(target)) {
      guard.endsBy(opened.abort());
      InputStream in = opened.stream();
      byte[] chunk = new byte[CHUNK];
      long have = 0;
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        have += n;
        if (have > mostBytes) {
          opened.abort().run();
          throw new Refusal(
              FetchFault.TOO_MANY_BYTES, "An object there has more than " + mostBytes + " bytes.");
        }
        out.write(chunk, 0, n);
      }
      if (opened.length() >= 0 && have != opened.length()) {
        throw new IOException("it ended early");
      }
    }
  }

  @Override
  public void close() {
    store.close();
    watchdog.close();
  }
}
