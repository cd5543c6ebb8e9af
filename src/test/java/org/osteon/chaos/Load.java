package org.osteon.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.osteon.testing.hospital.Hospital;

/** Publishes all the time. The one thread that uses the ward until it is stopped. */
final class Load extends Thread {
  private static final int EACH = 5;

  /** Sent and not yet read, so that a slow machine is no longer behind than a fast one. */
  private static final int MOST = 200;

  private final AtomicBoolean go = new AtomicBoolean(true);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Hospital hospital;
  private final Map<String, Instant> sent;
  private final Map<String, Instant> seen;

  Load(Hospital hospital, Map<String, Instant> sent, Map<String, Instant> seen) {
    super("load");
    this.hospital = hospital;
    this.sent = sent;
    this.seen = seen;
  }

  @Override
  public void run() {
    try {
      while (go.get()) {
        if (sent.keySet().stream().filter(id -> !seen.containsKey(id)).count() < MOST) {
          int first = hospital.ward.size();
          Instant now = Instant.now();
          hospital.ward.publish(EACH);
          for (int i = 0; i < EACH; i++) {
            sent.put("e" + (first + i), now);
          }
        }
        long next = System.nanoTime() + Duration.ofMillis(100).toNanos();
        while (go.get() && System.nanoTime() < next) {
          java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
        }
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  void finish() throws Exception {
    go.set(false);
    join();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}
