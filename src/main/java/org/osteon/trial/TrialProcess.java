package org.osteon.trial;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.limit.BoundedMap;
import org.osteon.model.engine.EngineProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries suspects one by one in a process that decodes and asks the model as a replica does. An
 * image is guilty where such a process dies or hangs of it twice: once may be somebody else's
 * doing. The process is started with the first suspect and ends with the trial.
 *
 * <p><b>Threading.</b> Any; callers wait for each other.
 */
public final class TrialProcess implements SuspectTrial {
  private static final Logger LOG = LoggerFactory.getLogger(TrialProcess.class);
  private static final int TIMES = 2;
  private static final int HEAP_MB = 512;
  private static final int KNOWN = 1000;

  /** A crash is written down by the JVM before it ends. */
  private static final long END_SECONDS = 10;

  private static final Duration START = Duration.ofSeconds(120);
  private static final long STEP_MILLIS = 500;

  private final ReentrantLock one = new ReentrantLock();
  private final TrialTerms terms;
  private final Map<String, String> verdicts = BoundedMap.byAge(KNOWN);
  private volatile @Nullable Process running;
  private volatile boolean closed;

  public TrialProcess(TrialTerms terms) {
    this.terms = terms;
  }

  @Override
  public void prepare() {
    Thread starter =
        new Thread(
            () -> {
              try {
                lock(() -> {});
                try {
                  ready(() -> {});
                } finally {
                  one.unlock();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "osteon-trial-start");
    starter.setDaemon(true);
    starter.start();
  }

  @Override
  public @Nullable String fault(byte[] file, String sha256, Runnable moving)
      throws InterruptedException {
    lock(moving);
    try {
      String known = verdicts.get(sha256);
      if (known == null) {
        known = verdict(file, moving);
        if (known == null) {
          return null;
        }
        verdicts.put(sha256, known);
      }
      return known.isEmpty() ? null : known;
    } finally {
      one.unlock();
    }
  }

  /** For the next image; who waits for that does not hang. */
  private void lock(Runnable moving) throws InterruptedException {
    while (!one.tryLock(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
      moving.run();
    }
  }

  /**
   * @return empty where the image is harmless, null where nothing can be said
   */
  private @Nullable String verdict(byte[] file, Runnable moving) throws InterruptedException {
    String how = "";
    for (int i = 0; i < TIMES; i++) {
      Process process = ready(moving);
      if (process == null) {
        return null;
      }
      how = attempt(process, file, moving);
      if (how.isEmpty()) {
        return "";
      }
      LOG.warn("A suspect image was tried alone: {}", how);
    }
    return "Replicas died with it in hand; tried alone, %s.".formatted(how);
  }

  /**
   * @return what became of the process, empty where it lives
   */
  private String attempt(Process process, byte[] file, Runnable moving)
      throws InterruptedException {
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(() -> ask(process, file), thread());
    Integer said = await(answer, terms.patience(), moving);
    if (said != null && said == TrialMain.ALIVE) {
      return "";
    }
    if (said == null || !process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    int status = process.waitFor();
    running = null;
    return said == null
        ? "it hung for %d ms".formatted(terms.patience().toMillis())
        : "its process ended with status %d".formatted(status);
  }

  private static int ask(Process process, byte[] file) {
    try {
      DataOutputStream request =
          new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
      request.writeInt(file.length);
      request.write(file);
      request.flush();
      return process.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  /** A process that can be asked, or null where none can be started. */
  private @Nullable Process ready(Runnable moving) throws InterruptedException {
    Process there = running;
    if (there != null && there.isAlive()) {
      return there;
    }
    Process started;
    try {
      started = EngineProcess.of(TrialMain.class, HEAP_MB, List.of(), arguments()).start();
    } catch (IOException e) {
      LOG.error("No process can be started to try suspects in", e);
      return null;
    }
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> firstByte(started), thread());
    Integer said = await(first, START, moving);
    if (said == null || said != TrialMain.READY || closed) {
      started.destroyForcibly();
      LOG.error("The process that suspects are tried in does not start: they go on untried");
      return null;
    }
    running = started;
    return started;
  }

  private List<String> arguments() {
    return List.of(
        terms.folder().toString(),
        terms.precision(),
        terms.device(),
        Long.toString(terms.limits().maxBytes()),
        Long.toString(terms.limits().maxPixels()));
  }

  /**
   * @return null where it takes longer
   */
  private static @Nullable Integer await(
      CompletableFuture<Integer> answer, Duration atMost, Runnable moving)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() - end < 0) {
      try {
        return answer.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        moving.run();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A trial failed.", e);
      }
    }
    return null;
  }

  private static int firstByte(Process process) {
    try {
      return process.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  private static Executor thread() {
    return task -> {
      Thread thread = new Thread(task, "osteon-trial");
      thread.setDaemon(true);
      thread.start();
    };
  }

  @Override
  public void close() {
    closed = true;
    Process process = running;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
