package org.osteon.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.InferenceOutcomes.Inferred;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchLimit;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.BatchPredictor.Answers;
import org.osteon.batch.device.DeviceHealth;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.batch.device.OutOfDeviceMemoryException;
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
  private final Assembler assembler;
  private final InferenceOutcomes ended;
  private final DeviceHealth health;
  private final PipelineListener listener;
  private final ByteBuffer blank;
  private int memoryTrials;
  private final BatchLimit limit;

  InferenceWorker(
      BatchPredictor predictor,
      Assembler assembler,
      InferenceOutcomes ended,
      DeviceHealth health,
      PipelineListener listener) {
    this.predictor = predictor;
    this.assembler = assembler;
    this.ended = ended;
    this.health = health;
    this.listener = listener;
    this.limit = new BatchLimit(assembler.maxSize());
    this.blank = ByteBuffer.allocateDirect(assembler.planeBytes()).order(ByteOrder.nativeOrder());
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
      Inferred inferred = new Inferred(takenNanos, nanos, size);
      for (int i = 0; i < size; i++) {
        InFlight image = batch.row(from + i);
        if (image != null) {
          ended.answered(image, answers.logits()[i], answers.regions(i), inferred);
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
    InFlight image = batch.row(row);
    if (image != null) {
      ended.failed(image, "INFERENCE_FAILED", "The model failed on this image, and on no other.");
    }
  }

  private Answers call(ByteBuffer planes, int count) {
    health.callBegins();
    try {
      return predictor.predict(planes, count);
    } finally {
      health.callEnds();
    }
  }
}
