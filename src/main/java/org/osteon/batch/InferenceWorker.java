package org.osteon.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchLimit;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.BatchPredictor.Answers;
import org.osteon.batch.device.DeviceHealth;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.batch.device.OutOfDeviceMemoryException;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.image.PlaneSize;
import org.osteon.image.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches and calls the model. A call that fails is halved until the culprit stands alone;
 * one that finds no memory is halved as well, and the smaller size is kept for a while.
 *
 * <p><b>Threading.</b> One for each inference thread, with a predictor of its own.
 */
final class InferenceWorker {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceWorker.class);

  /** For five seconds, which is less than a drain waits while nothing moves. */
  private static final int MEMORY_TRIALS = 20;

  private static final int MEMORY_PAUSE_MILLIS = 250;

  private final BatchPredictor predictor;
  private final InputSpec spec;
  private final Assembler assembler;
  private final Completion completion;
  private final DeviceHealth health;
  private final PipelineListener listener;
  private final ByteBuffer blank;
  private int memoryTrials;
  private final BatchLimit limit;

  InferenceWorker(
      BatchPredictor predictor,
      InputSpec spec,
      Assembler assembler,
      Completion completion,
      DeviceHealth health,
      PipelineListener listener) {
    this.predictor = predictor;
    this.spec = spec;
    this.assembler = assembler;
    this.completion = completion;
    this.health = health;
    this.listener = listener;
    this.limit = new BatchLimit(assembler.maxSize());
    this.blank = ByteBuffer.allocateDirect(assembler.planeBytes()).order(ByteOrder.nativeOrder());
  }

  /**
   * What an inference thread does: it opens its predictor, then works.
   *
   * @param opened done when the predictor is there, or could not be opened
   */
  static Runnable opening(
      BatchPredictor.Factory predictors,
      CompletableFuture<Void> opened,
      Function<BatchPredictor, InferenceWorker> worker,
      DeviceHealth health) {
    return () -> {
      try (BatchPredictor predictor = predictors.open()) {
        opened.complete(null);
        worker.apply(predictor).run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        // Whatever ended it: images would wait for a thread that is no more.
        if (!opened.completeExceptionally(e)) {
          LOG.error("An inference thread ended", e);
          health.lose("an inference thread ended (" + e + ").");
        }
      }
    };
  }

  /** Returns when the predictor is open. */
  static void await(CompletableFuture<Void> opened) {
    try {
      opened.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the model was being loaded.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException("The model could not be opened.", e.getCause());
    }
  }

  void run() throws InterruptedException {
    Batch batch = assembler.take();
    while (batch != null && !health.isLost()) {
      batch.closeHoles();
      if (batch.size() > 0) {
        listener.batchStarted(batch.size(), batch.leave);
        infer(batch, 0, batch.size(), System.nanoTime());
      }
      assembler.recycle(batch);
      batch = assembler.take();
    }
  }

  private void infer(Batch batch, int from, int to, long takenNanos) {
    if (health.isLost()) {
      return;
    }
    int size = to - from;
    if (size > limit.images()) {
      halve(batch, from, to, takenNanos);
      return;
    }
    long start = System.nanoTime();
    try {
      Answers answers = call(batch.planes(from, to), size);
      long nanos = System.nanoTime() - start;
      memoryTrials = 0;
      limit.answered(size);
      listener.batchAnswered(size, nanos);
      for (int i = 0; i < size; i++) {
        InFlight image = batch.row(from + i);
        if (image != null) {
          Inferred inferred = new Inferred(takenNanos, nanos, size);
          answer(image, answers.logits()[i], answers.regions(i), inferred);
        }
      }
    } catch (OutOfDeviceMemoryException e) {
      limit.hadNoMemoryFor(size);
      if (size == 1) {
        LOG.warn("The device has no memory for a single image; it is tried again");
        retryAlone(batch, from, takenNanos);
        return;
      }
      LOG.warn("The device has no memory for {} images at once; {} for now", size, limit.images());
      halve(batch, from, to, takenNanos);
    } catch (DeviceLostException e) {
      health.lose(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (size > 1) {
        halve(batch, from, to, takenNanos);
      } else {
        blame(batch, from, e);
      }
    }
  }

  /** What another process holds may be let go: the image is not at fault. */
  private void retryAlone(Batch batch, int row, long takenNanos) {
    if (memoryTrials++ >= MEMORY_TRIALS) {
      health.lose("it has no memory for a single image.");
      return;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(MEMORY_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    infer(batch, row, row + 1, takenNanos);
  }

  private void halve(Batch batch, int from, int to, long takenNanos) {
    int middle = (from + to) >>> 1;
    infer(batch, from, middle, takenNanos);
    infer(batch, middle, to, takenNanos);
  }

  /** A single image failed: is it the image, or does the device fail whatever it is given? */
  private void blame(Batch batch, int row, RuntimeException e) {
    try {
      call(blank.duplicate().order(blank.order()), 1);
    } catch (DeviceLostException lost) {
      health.lose(String.valueOf(lost.getMessage()));
      return;
    } catch (RuntimeException again) {
      LOG.error("The device fails on a blank plane too", again);
      health.lose("it fails on a blank plane too (" + again.getClass().getSimpleName() + ").");
      return;
    }
    LOG.warn("The model failed on one image: {}", e.toString());
    fail(batch.row(row), "INFERENCE_FAILED", "The model failed on this image, and on no other.");
  }

  private Answers call(ByteBuffer planes, int count) {
    health.callBegins();
    try {
      return predictor.predict(planes, count);
    } finally {
      health.callEnds();
    }
  }

  /**
   * The call that an image was part of: when its batch was taken, what it took, how many it had.
   */
  private record Inferred(long takenNanos, long nanos, int size) {}

  private void answer(
      InFlight image, float[] logits, @Nullable List<Region> regions, Inferred inferred) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        fail(image, "NON_FINITE_OUTPUT", "The model answered with a value that is no number.");
        return;
      }
    }
    ImageInfo info = image.info;
    if (info == null) {
      throw new IllegalStateException("An image came to the device undecoded.");
    }
    long queued =
        (image.decodeStartNanos - image.submittedNanos)
            + (inferred.takenNanos - image.decodeEndNanos);
    ImageTiming timing =
        new ImageTiming(
            micros(queued),
            micros(image.decodeEndNanos - image.decodeStartNanos),
            micros(inferred.nanos),
            micros(System.nanoTime() - image.submittedNanos));
    completion.end(
        image,
        new Classified(
            logits, inPicture(regions, info), info, image.sha256, timing, inferred.size));
  }

  private @Nullable List<Region> inPicture(@Nullable List<Region> regions, ImageInfo info) {
    if (regions == null) {
      return null;
    }
    PlaneSize drawn = PlaneSize.drawn(info.width(), info.height(), spec);
    return regions.stream()
        .map(each -> each.inPicture(drawn, spec))
        .filter(Region::hasArea)
        .toList();
  }

  private void fail(@Nullable InFlight image, String reason, String message) {
    if (image != null) {
      completion.end(
          image, new Failed(FailedStage.INFER, reason, message, Math.max(1, image.attempts)));
    }
  }

  private static long micros(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
  }
}
