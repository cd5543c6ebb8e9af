package org.osteon.service.rollout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.DecodedView;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Urgency;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.batch.flow.Budget;
import org.osteon.service.canary.OnTrial;
import org.osteon.service.meters.Comparison;
import org.osteon.service.meters.ShadowMeters;
import org.osteon.topology.model.DecisionPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version that is asked about images which the active one has answered. One image at a time, and
 * only when the device has nothing else to do; what does not fit is dropped. Whatever it does,
 * takes or fails at concerns no real image: those it gets have ended.
 *
 * <p><b>Threading.</b> {@link #seen} by decode threads; one thread of its own asks.
 */
final class ShadowRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRun.class);
  private static final int MOST_WAITING = 16;
  private static final int MOST_FAILURES = 20;
  private static final long LOOK_MILLIS = 2;
  private static final long STEP_MILLIS = 100;
  private static final long JOIN_MILLIS = 5_000;

  private final LinkedBlockingQueue<Sample> queue = new LinkedBlockingQueue<>();
  private final OnTrial model;
  private final ShadowMeters meters;
  private final BooleanSupplier spare;
  private final Duration patience;
  private final Budget room;
  private final Thread thread = new Thread(this::ask, "osteon-shadow");
  private @Nullable Comparison comparison;
  private int failures;
  private volatile boolean stopped;

  @SuppressWarnings("ArrayRecordComponent") // held, not compared
  private record Sample(byte[] file, DecisionPolicy asked, Classified first) {}

  /**
   * @param model warm, in a pipeline of its own
   * @param spare whether the device has nothing to do for real images
   * @param bytes of files at most that it holds
   * @param patience after which an answer counts as none, and a busy device as busy
   */
  ShadowRun(
      OnTrial model, ShadowMeters meters, BooleanSupplier spare, long bytes, Duration patience) {
    this.model = model;
    this.meters = meters;
    this.spare = spare;
    this.patience = patience;
    this.room = new Budget(MOST_WAITING, bytes);
    thread.setDaemon(true);
    thread.start();
    model.lost().thenAccept(this::lose);
  }

  String label() {
    return model.label();
  }

  /**
   * An image that is on its way to the active version.
   *
   * @param asked policy of that version
   */
  void seen(DecodedView sight, DecisionPolicy asked) {
    if (stopped) {
      return;
    }
    byte[] file = sight.file();
    if (!room(file.length)) {
      meters.behind();
      return;
    }
    sight
        .outcome()
        .thenAccept(
            outcome -> {
              if (outcome instanceof Classified first && !stopped) {
                queue.add(new Sample(file, asked, first));
              } else {
                room.give(file.length);
              }
            });
  }

  private boolean room(int bytes) {
    try {
      return room.take(bytes, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask() {
    try {
      while (!stopped) {
        Sample sample = queue.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (sample != null) {
          try {
            ask(sample);
          } finally {
            room.give(sample.file.length);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DeviceLostException | ExecutionException e) {
      lose(e.getMessage());
    } finally {
      stopped = true;
      queue.clear();
      if (comparison != null) {
        comparison.close();
      }
      meters.hides();
      model.close();
    }
  }

  private void ask(Sample sample) throws InterruptedException, ExecutionException {
    if (!awaitSpare()) {
      meters.behind();
      return;
    }
    CompletableFuture<Outcome> asked =
        model
            .pipeline()
            .submit(
                ByteBuffer.wrap(sample.file), new Handling(Urgency.ROUTINE, sample.file.length), 0);
    if (asked == null) {
      meters.behind();
      return;
    }
    Outcome outcome = await(asked);
    if (outcome instanceof Classified second) {
      comparison(sample.asked).add(sample.first.logits(), second.logits());
      meters.compared();
      failures = 0;
    } else if (outcome != null) {
      meters.failed();
      failures++;
      if (failures == MOST_FAILURES) {
        lose("It failed on %d images one after another.".formatted(failures));
      }
    }
  }

  private boolean awaitSpare() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!spare.getAsBoolean()) {
      if (stopped || System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /**
   * @return null where there will be none
   */
  private @Nullable Outcome await(CompletableFuture<Outcome> asked)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + patience.multipliedBy(2).toNanos();
    while (!stopped) {
      try {
        return asked.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        String trouble = model.pipeline().trouble().orElse(null);
        if (trouble != null || System.nanoTime() - end > 0) {
          lose(trouble == null ? "It has not answered for too long." : trouble);
        }
      }
    }
    return null;
  }

  private synchronized void lose(@Nullable String why) {
    if (stopped) {
      return;
    }
    stopped = true;
    meters.lost();
    LOG.error("The shadow {} is given up; nothing else changes. {}", label(), why);
  }

  private Comparison comparison(DecisionPolicy asked) {
    Comparison now = comparison;
    if (now == null || !now.isOf(asked.identity())) {
      if (now != null) {
        now.close();
      }
      now = meters.comparison(asked, model.policy());
      comparison = now;
    }
    return now;
  }

  /** Returns when its process has ended, whatever that was doing. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
