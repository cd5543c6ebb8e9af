package org.osteon.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.osteon.testing.Scrape;

/**
 * What a replica says when it is asked whether it lives, five times a second, and how much memory
 * it takes together with the processes that it started, as the kernel shares it out (Pss).
 */
final class Vitals implements AutoCloseable {
  private static final int SILENT = 0;

  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
  private final AtomicLong mostBytes = new AtomicLong();
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

  Vitals(long pid, int port) {
    watch.scheduleWithFixedDelay(() -> look(pid, port), 0, 200, TimeUnit.MILLISECONDS);
  }

  private void look(long pid, int port) {
    try {
      statuses.add(Scrape.get(port, "/livez").statusCode());
    } catch (IOException e) {
      statuses.add(SILENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long bytes =
        ProcessHandle.of(pid).stream()
            .flatMap(replica -> Stream.concat(Stream.of(replica), replica.descendants()))
            .mapToLong(process -> bytes(process.pid()))
            .sum();
    mostBytes.accumulateAndGet(bytes, Math::max);
  }

  private static long bytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException e) {
      // It ended meanwhile.
      return 0;
    }
  }

  /** All that it answered; 0 where it did not. */
  Collection<Integer> statuses() {
    return Set.copyOf(statuses);
  }

  /** At most, of all looks. */
  long mostBytes() {
    return mostBytes.get();
  }

  @Override
  public void close() throws InterruptedException {
    watch.shutdownNow();
    watch.awaitTermination(10, TimeUnit.SECONDS);
  }
}
