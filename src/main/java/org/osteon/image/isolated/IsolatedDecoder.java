package org.osteon.image.isolated;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.InputSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes in a few processes, so that a file that crashes, hangs or bloats a decoder costs itself
 * and half a second: its process is replaced, and nothing else waits but for its turn.
 *
 * <p><b>Threading.</b> Any number of threads at once; more than there are processes wait for each
 * other.
 */
public final class IsolatedDecoder implements ImageDecoder, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedDecoder.class);
  private static final int RETRY_MS = 500;

  /** A process, or the place of one that ended. */
  private record Seat(@Nullable DecoderProcess process) {}

  private final IsolationTerms terms;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "osteon-decode-clock");
            thread.setDaemon(true);
            return thread;
          });
  private final BlockingQueue<Seat> seats;
  private final AtomicLong replaced = new AtomicLong();
  private volatile boolean closed;

  /**
   * Starts all processes.
   *
   * @throws IOException they cannot be started here
   */
  public IsolatedDecoder(IsolationTerms terms) throws IOException {
    this.terms = terms;
    this.seats = new ArrayBlockingQueue<>(terms.processes());
    try {
      for (int i = 0; i < terms.processes(); i++) {
        seats.add(new Seat(DecoderProcess.start(terms, clock)));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Processes that took the place of one that ended. */
  public long replaced() {
    return replaced.get();
  }

  /** The processes that wait for an image. */
  List<ProcessHandle> idle() {
    return seats.stream()
        .map(Seat::process)
        .filter(Objects::nonNull)
        .map(DecoderProcess::handle)
        .toList();
  }

  @Override
  public Decoding decode(byte[] bytes, InputSpec spec) {
    if (bytes.length > terms.limits().maxBytes()) {
      return new Decoding.Rejected(
          ImageFault.TOO_MANY_BYTES,
          "%d bytes are more than the %d allowed."
              .formatted(bytes.length, terms.limits().maxBytes()));
    }
    DecoderProcess process = null;
    try {
      Seat seat = seats.take();
      try {
        process = living(seat);
        return process.decode(bytes, spec);
      } finally {
        seats.add(new Seat(process != null && process.isAlive() ? process : null));
        if (closed && process != null) {
          process.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it waited for a decode process.", e);
    }
  }

  /** The seat's process, or another in place of one that ended. */
  private DecoderProcess living(Seat seat) throws InterruptedException {
    DecoderProcess process = seat.process();
    while (process == null || !process.isAlive()) {
      try {
        process = DecoderProcess.start(terms, clock);
        LOG.warn("A decode process ended; {} took its place", process.handle().pid());
        replaced.incrementAndGet();
      } catch (IOException e) {
        // The image is not at fault, so it is kept; if this lasts, /livez says so.
        LOG.error("No decode process can be started; trying again", e);
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      }
    }
    return process;
  }

  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
    for (Seat seat : seats) {
      if (seat.process() != null) {
        seat.process().close();
      }
    }
  }
}
