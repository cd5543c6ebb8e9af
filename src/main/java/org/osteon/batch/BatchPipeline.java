package org.osteon.batch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.DeviceHealth;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.batch.device.SuspectTrial;
import org.osteon.batch.flow.Arrivals;
import org.osteon.batch.flow.Budget;
import org.osteon.batch.flow.FetchPace;
import org.osteon.batch.flow.WorkAhead;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.ImageFetcher;
import org.osteon.fetch.Reference;
import org.osteon.image.InputSpec;

/**
 * Encoded images in, outcomes out, in batches that form across everyone who submits.
 *
 * <p>Each image that was taken ends in exactly one {@link Outcome}, unless the device is lost or
 * the pipeline is closed first: then its future stays open, and its caller must not commit.
 *
 * <p><b>Threading.</b> Any number of threads may submit. Outcomes complete on decode and inference
 * threads: what hangs on the future must be quick and must not submit.
 */
public final class BatchPipeline implements AutoCloseable {
  /** What was taken is to be decoded in this time; well below what a drain may take. */
  private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

  private final PriorityBlockingQueue<InFlight> queue =
      new PriorityBlockingQueue<>(64, InFlight::byUrgency);
  private final AtomicInteger undecoded = new AtomicInteger();
  private final Arrivals arrivals = new Arrivals();
  private final AtomicLong sequence = new AtomicLong();
  private final PipelineThreads threads = new PipelineThreads();
  private final FetchPace pace;
  private final WorkAhead ahead;
  private final Budget budget;
  private final Assembler assembler;
  private final DeviceHealth health;
  private final ImageFetcher fetcher;
  private final SuspectTrial trial;
  private @Nullable FetchThreads fetchThreads;
  private final PipelineListener listener;

  private BatchPipeline(
      BatchSettings settings,
      InputSpec spec,
      FetchPool fetching,
      DecodeStage decoding,
      String device,
      PipelineListener listener) {
    this.trial = decoding.trial();
    this.fetcher = fetching.fetcher();
    this.listener = listener;
    this.pace = new FetchPace(fetching.threads());
    this.ahead = new WorkAhead(MOST_AHEAD, pace, settings.decodeThreads());
    // What is being fetched needs no decoder yet: it may be as many again as are fetched at once.
    this.budget =
        new Budget(settings.maxImages() + fetching.threads(), settings.maxBytes(), ahead::isEnough);
    this.health = new DeviceHealth(device, settings.inferenceTimeout());
    // One with each inference thread, one that waits for it and one that is being filled.
    this.assembler =
        new Assembler(
            settings.inferenceThreads() + 2,
            settings.maxSize(),
            spec.planeBytes(),
            settings.maxDelay().toNanos(),
            new Assembler.Upstream(undecoded::get, queue::size, arrivals));
  }

  /**
   * Opens a predictor on each inference thread, warm, and returns when all are.
   *
   * @param fetching who fetches what comes by reference
   * @param device name of the device, for messages
   * @throws RuntimeException what opening a predictor threw
   */
  public static BatchPipeline start(
      BatchSettings settings,
      InputSpec spec,
      FetchPool fetching,
      DecodeStage decoding,
      BatchPredictor.Factory predictors,
      String device,
      PipelineListener listener) {
    BatchPipeline pipeline =
        new BatchPipeline(settings, spec, fetching, decoding, device, listener);
    KnownImages known = new KnownImages(settings.knownImages());
    Completion completion = new Completion(pipeline.budget, known, pipeline.ahead, listener);
    InferenceOutcomes outcomes = new InferenceOutcomes(spec, completion);
    try {
      InferenceThreads.open(
          pipeline.threads,
          settings.inferenceThreads(),
          predictors,
          predictor ->
              new InferenceWorker(
                  predictor, pipeline.assembler, outcomes, pipeline.health, listener),
          pipeline.health);
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
    Undecoded undecoded = new Undecoded(pipeline.undecoded, pipeline.assembler, completion);
    pipeline.fetchThreads =
        new FetchThreads(
            pipeline.pace,
            () -> pipeline.queue.size() <= 1,
            new FetchWorker(
                pipeline.queue, fetching.fetcher(), undecoded, pipeline.ahead, listener));
    Recognition recognition = new Recognition(known, undecoded, listener);
    PlaneWriter planes = new PlaneWriter(spec, pipeline.assembler, undecoded, listener);
    for (int i = 0; i < settings.decodeThreads(); i++) {
      pipeline.threads.decoding(
          i,
          new DecodeWorker(
              pipeline.queue, decoding, recognition, planes, undecoded, pipeline.ahead));
    }
    return pipeline;
  }

  /**
   * Submits an image, waiting up to {@code waitNanos} for room.
   *
   * @param bytes the whole file, from position to limit; kept until decoded, not changed
   * @return the outcome to come, or null where there was no room in time
   * @throws DeviceLostException where the device will not come back
   */
  public @Nullable CompletableFuture<Outcome> submit(
      ByteBuffer bytes, Handling handling, long waitNanos) throws InterruptedException {
    return submit(bytes, null, handling, waitNanos);
  }

  /**
   * The same for an image that is to be fetched. One that must not be fetched ends at once, without
   * room.
   *
   * @param handling whose weight counts the bytes that the reference says
   */
  public @Nullable CompletableFuture<Outcome> submit(
      Reference reference, Handling handling, long waitNanos) throws InterruptedException {
    Fetched.Refused refused = fetcher.refusal(reference).orElse(null);
    return refused == null
        ? submit(null, reference, handling, waitNanos)
        : CompletableFuture.completedFuture(FetchWorker.failed(refused));
  }

  private @Nullable CompletableFuture<Outcome> submit(
      @Nullable ByteBuffer bytes, @Nullable Reference reference, Handling handling, long waitNanos)
      throws InterruptedException {
    if (health.isLost()) {
      throw new DeviceLostException(health.trouble().orElse("The device is lost."));
    }
    long arrived = System.nanoTime();
    if (!budget.take(handling.weight(), waitNanos)) {
      return null;
    }
    InFlight image = new InFlight(sequence.getAndIncrement(), handling, bytes, reference, arrived);
    arrivals.arrived(arrived);
    undecoded.incrementAndGet();
    ahead.taken(reference != null);
    if (reference == null) {
      queue.add(image);
    } else {
      Objects.requireNonNull(fetchThreads).add(image);
    }
    listener.submitted();
    return image.outcome;
  }

  /**
   * Says that the caller waits for all it has submitted, so that a batch which nothing on its way
   * can join leaves at once. Close it when the wait is over.
   */
  public Drain drain() {
    assembler.draining(true);
    return () -> assembler.draining(false);
  }

  /** One sentence about a device that hangs or is lost, or nothing. */
  public Optional<String> trouble() {
    return health.trouble();
  }

  /** True where only a restart helps. */
  public boolean isDeviceLost() {
    return health.isLost();
  }

  /** Says that suspects will come: what tries them takes seconds to start. */
  public void expectSuspects() {
    trial.prepare();
  }

  /** Grows with each image that is fetched, decoded or ended: who waits sees whether to go on. */
  public long steps() {
    return ahead.steps();
  }

  /** Images taken and not yet ended. */
  public int imagesInFlight() {
    return budget.images();
  }

  /** Bytes of the images in flight, as weighed by who submitted them. */
  public long bytesInFlight() {
    return budget.bytes();
  }

  /**
   * Whether the device has nothing to do for someone who waits here, and no image to be decoded.
   */
  public boolean isSpare() {
    return queue.isEmpty() && assembler.hasIdleThread();
  }

  /** Stops the threads. Images still in flight never end. */
  @Override
  public void close() {
    assembler.close();
    trial.close();
    if (fetchThreads != null) {
      fetchThreads.close();
    }
    threads.close();
  }

  /** An announced wait; see {@link #drain()}. */
  public interface Drain extends AutoCloseable {
    @Override
    void close();
  }
}
