package org.osteon.topology;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.DeviceLostException;
import org.osteon.batch.Outcome;
import org.osteon.batch.Urgency;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventReader;
import org.osteon.event.EventReading;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.Reference;
import org.osteon.topology.Pending.Ending;

/**
 * Hands images to the pipeline and forwards outcomes, in order within a study, and never lets
 * offsets be committed while one is pending.
 *
 * <p><b>Threading.</b> One stream thread, but for {@code ended}, on which pipeline threads announce
 * outcomes. Only the stream thread forwards.
 */
final class ClassifyProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
  /** Names of the child nodes. */
  static final String RESULTS = "results";

  static final String DEAD_LETTERS = "dead-letters";
  static final String ASSESS = "assess";

  /** How long a submitter waits for room before it looks whether something can be forwarded. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Lanes lanes;
  private final EventReader reader;
  private final Endings endings;
  private final ClassifySettings settings;
  private final RepeatSettings repeatSettings;
  private final ModalityPolicy modalities;
  private final Clock clock;
  private final TopologyListener listener;
  private final Traces traces;

  private @Nullable ProcessorContext<byte[], SpecificRecord> context;
  private @Nullable CommitBarrier barrier;
  private @Nullable Repeats repeats;
  private PendingByStudy pending = new PendingByStudy();
  private LinkedBlockingQueue<Pending> ended = new LinkedBlockingQueue<>();
  private boolean gaveUp;
  private boolean statForwarded;
  private int uncommitted;
  private long lastCommitNanos;
  private int partition;

  ClassifyProcessor(
      Lanes lanes,
      EventReader reader,
      Endings endings,
      ClassifySettings settings,
      RepeatSettings repeatSettings,
      ModalityPolicy modalities,
      Clock clock,
      TopologyListener listener,
      Traces traces) {
    this.traces = traces;
    this.lanes = lanes;
    this.reader = reader;
    this.endings = endings;
    this.settings = settings;
    this.repeatSettings = repeatSettings;
    this.modalities = modalities;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> processorContext) {
    context = processorContext;
    partition = processorContext.taskId().partition();
    // A task that is revived after corruption initialises the same processor again: what was
    // pending then comes again from the topic, and the pipeline announces its outcomes on a queue
    // of old.
    pending = new PendingByStudy();
    ended = new LinkedBlockingQueue<>();
    repeats =
        new Repeats(
            seenEvents(processorContext), repeatSettings, () -> lanes.current().terms().identity());
    gaveUp = false;
    uncommitted = 0;
    lastCommitNanos = System.nanoTime();
    CommitBarrier store = processorContext.getStateStore(CommitBarrier.NAME);
    store.attach(processorContext, this::drain);
    barrier = store;
    processorContext.schedule(
        settings.forwardEvery(), PunctuationType.WALL_CLOCK_TIME, now -> forwardEnded());
    sayWhatWaits();
  }

  @Override
  public void close() {
    listener.released(partition);
  }

  private void sayWhatWaits() {
    listener.waiting(partition, pending.size(), pending.oldestMillis());
  }

  private @Nullable SeenEvents seenEvents(ProcessorContext<byte[], SpecificRecord> context) {
    if (repeatSettings.window().isZero()) {
      return null;
    }
    return new SeenEvents(context.getStateStore(SeenEvents.NAME), repeatSettings, clock);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    listener.received();
    EventReading reading = reader.read(record.value());
    if (reading instanceof EventReading.Read read) {
      begin(record, read.event());
    } else if (reading instanceof EventReading.Unreadable unreadable) {
      Pending item = new Pending(record, barrier().origin(), null, RecordBytes.order(record, ""));
      pending.add(item);
      end(item, new Ending.Unreadable(unreadable.reason(), unreadable.message()), ended);
    }
    forwardEnded();
  }

  private void begin(Record<byte[], byte[]> record, XRayEvent event) {
    EventFacts facts = EventFacts.of(event);
    Pending item =
        new Pending(
            record, barrier().origin(), facts, RecordBytes.order(record, facts.studyInstanceUid()));
    pending.add(item);
    // The future may complete before or after this thread goes on; the queue of this assignment is
    // bound here, so that a revived task never hears of an old one's images.
    LinkedBlockingQueue<Pending> announce = ended;
    Ending.Again again = repeats().answered(item, facts);
    if (again != null) {
      end(item, again, announce);
      return;
    }
    if (repeats().joins(item, facts)) {
      return;
    }
    Urgency urgency = facts.priority() == Priority.STAT ? Urgency.STAT : Urgency.ROUTINE;
    Lane lane = lanes.enter();
    try {
      item.terms = lane.terms();
      submit(submission(lane.pipeline(), event.getImage(), urgency, record.value().length))
          .thenAccept(o -> end(item, new Ending.Piped(modalities.judge(facts, o)), announce));
    } finally {
      lanes.leave(lane);
    }
  }

  /** What to try until there is room in the pipeline; null where there was none. */
  @FunctionalInterface
  private interface Submission {
    @Nullable CompletableFuture<Outcome> attempt() throws InterruptedException;
  }

  private static Submission submission(
      BatchPipeline pipeline, Object image, Urgency urgency, int recordBytes) {
    if (image instanceof InlineImage inline) {
      // A view into the record, so it weighs nothing of its own.
      return () -> pipeline.submit(inline.getData(), urgency, recordBytes, LOOK_NANOS);
    }
    Reference reference = RecordBytes.reference((ImageReference) image);
    long weight = reference.length() + recordBytes;
    return () -> pipeline.submit(reference, urgency, weight, LOOK_NANOS);
  }

  private CompletableFuture<Outcome> submit(Submission submission) {
    long deadline = System.nanoTime() + settings.drainLimit().toNanos();
    try {
      while (true) {
        CompletableFuture<Outcome> outcome = submission.attempt();
        if (outcome != null) {
          return outcome;
        }
        forwardEnded();
        if (System.nanoTime() - deadline > 0) {
          throw giveUp("there was no room in the pipeline");
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Called by the barrier before a commit: waits for everything pending and forwards it. */
  private void drain() {
    if (gaveUp) {
      throw giveUp("a drain was given up before");
    }
    long start = System.nanoTime();
    int images = pending.size();
    if (images > 0) {
      try (BatchPipeline.Drain drain = lanes.current().pipeline().drain()) {
        awaitAll(start + settings.drainLimit().toNanos());
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    uncommitted = 0;
    statForwarded = false;
    lastCommitNanos = System.nanoTime();
    sayWhatWaits();
    listener.drained(images, lastCommitNanos - start);
  }

  private void awaitAll(long deadline) throws InterruptedException {
    while (!pending.isEmpty()) {
      long left = Math.min(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100));
      Pending item = ended.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
      if (item != null) {
        done(item);
      } else if (lanes.current().pipeline().isDeviceLost() || System.nanoTime() - deadline >= 0) {
        throw giveUp(pending.size() + " images have no outcome");
      }
    }
  }

  private void forwardEnded() {
    for (Pending item = ended.poll(); item != null; item = ended.poll()) {
      done(item);
    }
    sayWhatWaits();
    long age = clock.millis() - pending.oldestMillis();
    long sinceCommit = System.nanoTime() - lastCommitNanos;
    if (settings.pace().due(statForwarded, uncommitted, pending.size(), age, sinceCommit)) {
      context().commit();
      // Asked for, not done yet: the drain comes when Kafka Streams gets to it.
      statForwarded = false;
    }
  }

  private void done(Pending item) {
    if (item.ending instanceof Ending.Piped piped && piped.outcome() instanceof Outcome.Away away) {
      // Whatever else is pending comes again with it, by another thread.
      gaveUp = true;
      throw new StoreAwayException(away.message());
    }
    pending.done(item, this::forward);
  }

  private void forward(Pending item) {
    SpecificRecord value = endings.of(item);
    if (value != null) {
      Record<byte[], SpecificRecord> out =
          new Record<>(
              RecordBytes.key(item),
              value,
              item.origin.timestamp(),
              traces.ended(item.headers, item.takenNanos, value));
      barrier().forwardAs(item.origin, () -> forward(out, endings.isResult(item)));
      listener.answered(item.origin.timestamp());
    }
    ClassificationResult result = value instanceof ClassificationResult r ? r : null;
    LinkedBlockingQueue<Pending> announce = ended;
    // Stored in the name of the same record: the changelog takes its timestamp.
    barrier()
        .forwardAs(
            item.origin,
            () -> repeats().ended(item, result, (twin, ending) -> end(twin, ending, announce)));
    uncommitted++;
    statForwarded |= item.event != null && item.event.priority() == Priority.STAT;
  }

  private void forward(Record<byte[], SpecificRecord> out, boolean result) {
    context().forward(out, result ? RESULTS : DEAD_LETTERS);
    if (result) {
      context().forward(out, ASSESS);
    }
  }

  private DeviceLostException giveUp(String what) {
    gaveUp = true;
    return new DeviceLostException(
        "%s after %d ms; nothing was committed. %s"
            .formatted(
                what,
                settings.drainLimit().toMillis(),
                lanes.current().pipeline().trouble().orElse("")));
  }

  private static void end(Pending item, Ending ending, LinkedBlockingQueue<Pending> announce) {
    item.ending = ending;
    boolean classified =
        ending instanceof Ending.Piped piped && piped.outcome() instanceof Outcome.Classified;
    if (classified || ending instanceof Ending.Again) {
      item.value = null;
    }
    announce.add(item);
  }

  private Repeats repeats() {
    return Objects.requireNonNull(repeats, "The processor is not initialised.");
  }

  private CommitBarrier barrier() {
    return Objects.requireNonNull(barrier, "The processor is not initialised.");
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Objects.requireNonNull(context, "The processor is not initialised.");
  }
}
