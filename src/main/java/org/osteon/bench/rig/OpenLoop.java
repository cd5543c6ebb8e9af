package org.osteon.bench.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.osteon.client.EventPublisher;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.event.ClassificationResult;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;

/**
 * Latency under arrivals that do not wait for answers: exponential gaps, and each time counts from
 * the moment at which the event should have been published, so that a stall is not hidden by the
 * events that it kept from being sent.
 */
public final class OpenLoop implements AutoCloseable {
  private static final long WARM_SECONDS = 5;
  private static final long LONGEST_MICROS = 600_000_000L;

  private final Settings settings;
  private final ImageSet images;
  private final EventSerdes serdes;

  public OpenLoop(Settings settings, ImageSet images) {
    this.settings = settings;
    this.images = images;
    this.serdes = new EventSerdes(Registry.connect(settings), settings);
  }

  /**
   * Microseconds from when an event was due to when a {@code read_committed} reader has its result.
   *
   * @param perSecond mean rate of arrivals
   * @param seconds how long, after a warm-up
   */
  public Histogram micros(double perSecond, int seconds, int partitions)
      throws IOException, InterruptedException {
    Backlog.topics(settings, partitions);
    int warm = (int) (perSecond * WARM_SECONDS);
    int count = warm + (int) (perSecond * seconds);
    long[] due = new long[count];
    Histogram histogram = new Histogram(LONGEST_MICROS, 3);
    try (OsteonService service = OsteonService.start(settings, Hooks.none());
        TopicFollower reader = ResultCounter.reader(settings)) {
      while (!service.health().notReady().isEmpty()) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      schedule(due, perSecond);
      Thread publisher = new Thread(() -> publish(due), "bench-publisher");
      publisher.start();
      int seen = 0;
      long patience = System.nanoTime() + ServiceRun.PATIENCE.toNanos();
      while (seen < count && System.nanoTime() < patience) {
        seen +=
            reader.poll(
                Duration.ofMillis(5),
                each -> {
                  long now = System.nanoTime();
                  ClassificationResult result =
                      serdes.results().deserializer().deserialize(each.topic(), each.value());
                  int n = Integer.parseInt(result.getEventId().substring("bench-".length()));
                  if (n >= warm) {
                    histogram.recordValue(Math.min(LONGEST_MICROS, (now - due[n]) / 1000));
                  }
                });
      }
      publisher.join();
      if (seen < count) {
        throw new IllegalStateException("Only " + seen + " of " + count + " results came.");
      }
    }
    return histogram;
  }

  @Override
  public void close() {
    serdes.results().close();
  }

  private static void schedule(long[] due, double perSecond) {
    Random random = new Random(7);
    long at = System.nanoTime() + Duration.ofMillis(100).toNanos();
    for (int i = 0; i < due.length; i++) {
      at += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
      due[i] = at;
    }
  }

  private void publish(long[] due) {
    try (EventPublisher publisher = new EventPublisher(settings)) {
      for (int n = 0; n < due.length; n++) {
        for (long wait = due[n] - System.nanoTime(); wait > 0; wait = due[n] - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        publisher.publish(Backlog.event(images, n, "2.25." + n));
      }
      publisher.awaitAll();
    }
  }
}
