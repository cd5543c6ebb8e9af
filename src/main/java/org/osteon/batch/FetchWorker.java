package org.osteon.batch;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.batch.contract.Outcome.Unavailable;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.flow.WorkAhead;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.ImageFetcher;
import org.osteon.fetch.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an image and hands it to the decoders. Room for its bytes was reserved when it was
 * submitted.
 *
 * <p><b>Threading.</b> Any number of fetch threads at once.
 */
final class FetchWorker {
  private static final Logger LOG = LoggerFactory.getLogger(FetchWorker.class);

  private final BlockingQueue<InFlight> images;
  private final ImageFetcher fetcher;
  private final Undecoded undecoded;
  private final WorkAhead ahead;
  private final PipelineListener listener;

  /**
   * @param images to be decoded
   * @param undecoded ends what comes to no slot
   */
  FetchWorker(
      BlockingQueue<InFlight> images,
      ImageFetcher fetcher,
      Undecoded undecoded,
      WorkAhead ahead,
      PipelineListener listener) {
    this.images = images;
    this.fetcher = fetcher;
    this.undecoded = undecoded;
    this.ahead = ahead;
    this.listener = listener;
  }

  /**
   * Fetches it, or ends it.
   *
   * @return whether it is with the decoders now
   */
  boolean fetch(InFlight image) throws InterruptedException {
    Reference reference = image.reference;
    if (reference == null) {
      throw new IllegalStateException("An image that is there came to be fetched.");
    }
    long begun = System.nanoTime();
    Fetched fetched;
    try {
      // Its time runs from here: what it waited for others is not the store's doing.
      fetched = fetcher.fetch(reference, begun);
    } catch (RuntimeException | OutOfMemoryError e) {
      // It promises not to throw. Should it break the promise, that is one image's failure.
      LOG.warn("A fetch failed: {}", e.getClass().getSimpleName());
      String message = "Fetching failed: " + e.getClass().getSimpleName() + ".";
      ahead.fetched(System.nanoTime() - begun, false);
      undecoded.end(image, new Failed(FailedStage.FETCH, "FETCHER_FAILED", message, 1));
      return false;
    }
    ahead.fetched(System.nanoTime() - begun, fetched instanceof Fetched.Bytes);
    if (fetched instanceof Fetched.Bytes bytes) {
      listener.fetched(bytes.bytes().length, System.nanoTime() - begun);
      image.bytes = ByteBuffer.wrap(bytes.bytes());
      image.sha256 = bytes.sha256();
      images.add(image);
    } else if (fetched instanceof Fetched.Refused refused) {
      undecoded.end(image, failed(refused));
    } else if (fetched instanceof Fetched.Unavailable away) {
      undecoded.end(image, new Unavailable(away.message()));
    }
    return fetched instanceof Fetched.Bytes;
  }

  static Failed failed(Fetched.Refused refused) {
    return new Failed(
        FailedStage.FETCH,
        refused.fault().name(),
        refused.message(),
        Math.max(1, refused.attempts()));
  }
}
