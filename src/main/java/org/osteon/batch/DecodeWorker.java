package org.osteon.batch;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.batch.flow.WorkAhead;
import org.osteon.digest.Sha256;
import org.osteon.image.Decoding;
import org.osteon.image.ImageFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes one image after another, each into a slot that is claimed only when the pixels are there,
 * so that no slow file holds up a batch.
 *
 * <p><b>Threading.</b> One for each decode thread; what it is given is shared.
 */
final class DecodeWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeWorker.class);

  private final BlockingQueue<InFlight> queue;
  private final DecodeStage stage;
  private final Recognition recognition;
  private final PlaneWriter planes;
  private final Undecoded undecoded;
  private final WorkAhead ahead;
  private final MessageDigest sha256 = Sha256.newDigest();

  /**
   * @param queue of images whose bytes are there
   * @param undecoded ends what comes to no slot
   * @param ahead told of each image that is done with
   */
  DecodeWorker(
      BlockingQueue<InFlight> queue,
      DecodeStage stage,
      Recognition recognition,
      PlaneWriter planes,
      Undecoded undecoded,
      WorkAhead ahead) {
    this.queue = queue;
    this.stage = stage;
    this.recognition = recognition;
    this.planes = planes;
    this.undecoded = undecoded;
    this.ahead = ahead;
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
      if (recognition.answered(image, bytes)) {
        return;
      }
      if (image.handling.suspect()) {
        String fault = stage.trial().fault(bytes, image.sha256, ahead::moved);
        if (fault != null) {
          undecoded.end(
              image, new Failed(FailedStage.INFER, SuspectTrial.GUILTY, fault, image.attempts));
          return;
        }
      }
      Decoding decoding = stage.decoder().decode(bytes, planes.spec());
      if (decoding instanceof Decoding.Decoded decoded) {
        planes.write(image, bytes, decoded);
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

  private void fail(InFlight image, String reason, String message) {
    undecoded.end(image, new Failed(FailedStage.DECODE, reason, message, image.attempts));
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
