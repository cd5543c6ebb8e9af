package org.osteon.batch;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.osteon.batch.Outcome.Classified;
import org.osteon.batch.Outcome.Failed;
import org.osteon.batch.Outcome.FailedStage;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.batch.flow.WorkAhead;
import org.osteon.digest.Sha256;
import org.osteon.image.Decoding;
import org.osteon.image.ImageFault;
import org.osteon.image.InputSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes one image after another, each into a slot that it claims only when the pixels are there,
 * so that no slow file holds up a batch.
 *
 * <p><b>Threading.</b> One for each decode thread; the queue and the assembler are shared.
 */
final class DecodeWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeWorker.class);

  private final BlockingQueue<InFlight> queue;
  private final DecodeStage stage;
  private final InputSpec spec;
  private final Assembler assembler;
  private final AtomicInteger undecoded;
  private final Completion completion;
  private final FetchWorker.Ending undecodable;
  private final KnownImages known;
  private final WorkAhead ahead;
  private final PipelineListener listener;
  private final MessageDigest sha256 = Sha256.newDigest();

  DecodeWorker(
      BlockingQueue<InFlight> queue,
      DecodeStage stage,
      InputSpec spec,
      Assembler assembler,
      AtomicInteger undecoded,
      Completion completion,
      FetchWorker.Ending undecodable,
      KnownImages known,
      WorkAhead ahead,
      PipelineListener listener) {
    this.queue = queue;
    this.stage = stage;
    this.spec = spec;
    this.assembler = assembler;
    this.undecoded = undecoded;
    this.completion = completion;
    this.undecodable = undecodable;
    this.known = known;
    this.ahead = ahead;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        decode(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void decode(InFlight image) throws InterruptedException {
    ByteBuffer submitted = image.bytes;
    image.bytes = null;
    image.decodeStartNanos = System.nanoTime();
    image.attempts++;
    try {
      if (submitted == null) {
        throw new IllegalStateException("An image came to be decoded twice.");
      }
      byte[] bytes = file(submitted);
      if (image.sha256.isEmpty()) {
        image.sha256 = HexFormat.of().formatHex(sha256.digest(bytes));
      }
      KnownImages.Answer answer = known.of(image.sha256);
      if (answer != null) {
        handOver(image, bytes);
        recognise(image, answer);
        return;
      }
      if (image.handling.suspect()) {
        String fault = stage.trial().fault(bytes, image.sha256, ahead::moved);
        if (fault != null) {
          undecodable.end(
              image, new Failed(FailedStage.INFER, SuspectTrial.GUILTY, fault, image.attempts));
          return;
        }
      }
      Decoding decoding = stage.decoder().decode(bytes, spec);
      if (decoding instanceof Decoding.Decoded decoded) {
        fill(image, bytes, decoded);
      } else if (decoding instanceof Decoding.Rejected rejected) {
        fail(image, rejected.fault().name(), rejected.message());
      }
    } catch (RuntimeException | Error e) {
      // The decoder promises not to throw. Should it break the promise, or the machine it (no
      // memory, no stack, a library that is not there), that is one image's failure: an error that
      // ended this thread would leave all others waiting.
      LOG.warn("A decoder failed", e);
      fail(
          image,
          ImageFault.DECODER_CRASHED.name(),
          "The decoder failed: " + e.getClass().getSimpleName() + ".");
    } finally {
      ahead.decoded(System.nanoTime() - image.decodeStartNanos);
    }
  }

  private void fill(InFlight image, byte[] file, Decoding.Decoded decoded)
      throws InterruptedException {
    try (decoded) {
      image.info = decoded.info();
      // Listeners hear of it before the slot is claimed: once it is finished, the batch may be
      // gone.
      listener.decoded();
      Assembler.Slot slot = assembler.claim(image);
      boolean written = false;
      try {
        ByteBuffer plane = slot.batch().planes(slot.row(), slot.row() + 1);
        ByteBuffer look = plane.asReadOnlyBuffer();
        decoded.writeTo(plane, spec);
        if (!image.handling.suspect()) {
          // What may have ended replicas is not shown: it might end this one there.
          show(new DecodedView(file, image.sha256, decoded.info(), look, image.outcome));
        }
        handOver(image, file);
        written = true;
      } finally {
        image.decodeEndNanos = System.nanoTime();
        if (written) {
          undecoded.decrementAndGet();
        }
        assembler.finish(slot, !written);
      }
    }
  }

  /** Who looks on changes nothing, not even by failing. */
  private void show(DecodedView sight) {
    try {
      listener.seen(sight);
    } catch (RuntimeException e) {
      LOG.warn("Someone who looks on failed", e);
    }
  }

  private void handOver(InFlight image, byte[] file) {
    Consumer<byte[]> onlooker = image.handling.onlooker();
    if (onlooker == null) {
      return;
    }
    try {
      onlooker.accept(file);
    } catch (RuntimeException e) {
      LOG.warn("Someone who looks on failed", e);
    }
  }

  private void recognise(InFlight image, KnownImages.Answer answer) {
    undecoded.decrementAndGet();
    assembler.look();
    listener.recognised();
    long now = System.nanoTime();
    ImageTiming timing =
        new ImageTiming(
            micros(image.decodeStartNanos - image.submittedNanos),
            micros(now - image.decodeStartNanos),
            0,
            micros(now - image.submittedNanos));
    completion.end(image, new Classified(answer.logits(), answer.image(), image.sha256, timing, 0));
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private void fail(InFlight image, String reason, String message) {
    undecodable.end(image, new Failed(FailedStage.DECODE, reason, message, image.attempts));
  }

  /**
   * The file as an array of its own. An event's image is a view into its record; copied here and
   * not when it is submitted, there are no more copies than decode threads.
   */
  private static byte[] file(ByteBuffer view) {
    if (view.hasArray() && view.arrayOffset() == 0 && view.limit() == view.array().length) {
      return view.array();
    }
    byte[] copy = new byte[view.remaining()];
    view.get(view.position(), copy);
    return copy;
  }
}
