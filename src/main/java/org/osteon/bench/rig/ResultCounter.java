package org.osteon.bench.rig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;

/** Reads results as another program does, and counts them. */
public final class ResultCounter implements AutoCloseable {
  private final TopicFollower reader;
  private int seen;

  public ResultCounter(Settings settings) {
    this.reader = reader(settings);
  }

  /** A {@code read_committed} reader of all results, from the first. */
  public static TopicFollower reader(Settings settings) {
    return new TopicFollower(
        settings,
        List.of(settings.get(TopicKeys.RESULTS)),
        true,
        Map.of("fetch.max.wait.ms", 10, "max.poll.records", 500));
  }

  /**
   * Waits until so many results were seen, all calls together.
   *
   * @throws IllegalStateException where none comes for long
   */
  public void await(int count) {
    long progress = System.nanoTime();
    while (seen < count) {
      int came = reader.poll(Duration.ofMillis(50), record -> {});
      seen += came;
      if (came > 0) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > Duration.ofMinutes(2).toNanos()) {
        throw new IllegalStateException("Only " + seen + " of " + count + " results came.");
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
