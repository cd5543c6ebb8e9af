package org.osteon.topology.classify;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.contract.Outcome;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.order.OrderBook;
import org.osteon.topology.owner.Suspects;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.RecordBytes;
import org.osteon.topology.seen.Deduplication;
import org.osteon.topology.seen.SeenEvents;

/**
 * Hands images to the pipeline and forwards outcomes, in order within a study, and never lets
 * offsets be committed while one is pending. What it consists of: {@link PartitionState}, {@link
 * PipelineDoor}, {@link CommitControl}, {@link Forwarding}.
 *
 * <p><b>Threading.</b> One stream thread. Pipeline threads only announce outcomes, on {@link
 * PartitionState#end}; only the stream thread forwards.
 */
public final class ClassifyProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
  /** Between two looks at whether the device is lost. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final String SKIPPED = "SKIPPED_BY_OPERATOR";

  private final ClassifyParts parts;
  private @Nullable Assigned assigned;

  public ClassifyProcessor(ClassifyParts parts) {
    this.parts = parts;
  }

  /** All that belongs to one assignment of one task. */
  private record Assigned(
      int partition,
      ProcessorContext<byte[], SpecificRecord> context,
      CommitBarrier barrier,
      PartitionState state,
      CommitControl commits,
      GivingUp givingUp,
      PipelineDoor door,
      Deduplication deduplication,
      OrderBook orders,
      Suspects suspects,
      Forwarding forwarding) {}

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    // A task that is revived after corruption initialises the same processor again: what was
    // pending then comes again from the topic, and the pipeline announces its outcomes to a state
    // that nothing reads.
    CommitBarrier barrier = context.getStateStore(CommitBarrier.NAME);
    GivingUp givingUp = new GivingUp(parts.settings().patience(), parts.models());
    Deduplication deduplication =
        new Deduplication(seenEvents(context), parts.deduplication(), parts.models()::answers);
    assigned =
        new Assigned(
            context.taskId().partition(),
            context,
            barrier,
            new PartitionState(),
            new CommitControl(parts.settings().pace(), parts.clock()),
            givingUp,
            new PipelineDoor(parts.models(), givingUp),
            deduplication,
            parts.orders() ? new OrderBook(context.getStateStore(OrderBook.NAME)) : OrderBook.NONE,
            new Suspects(
                parts.owners(),
                context.taskId().partition(),
                () -> parts.models().current().pipeline().expectSuspects()),
            new Forwarding(
                context,
                barrier,
                parts.outputs(),
                deduplication,
                parts.listener(),
                parts.traces()));
    barrier.attach(context, this::drain);
    context.schedule(
        parts.settings().forwardEvery(),
        PunctuationType.WALL_CLOCK_TIME,
        now -> forwardEnded(assigned()));
    sayWhatWaits(assigned());
  }

  @Override
  public void close() {
    if (!assigned().givingUp.endsTheProcess()) {
      assigned().suspects.release();
    }
    parts.listener().released(assigned().partition);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Assigned own = assigned();
    parts.listener().received();
    own.suspects.take(own.barrier.origin().metadata().offset());
    EventReading reading = parts.reader().read(record.value());
    if (reading instanceof EventReading.Read read) {
      begin(own, record, read.event());
    } else if (reading instanceof EventReading.Unreadable unreadable) {
      Pending item = new Pending(record, own.barrier.origin(), null, RecordBytes.order(record, ""));
      own.state.add(item);
      own.state.end(item, new Ending.Unreadable(unreadable.reason(), unreadable.message()));
    }
    forwardEnded(own);
  }

  private void begin(Assigned own, Record<byte[], byte[]> record, XRayEvent event) {
    EventFacts said = EventFacts.of(event);
    EventFacts facts = said.with(own.orders.of(said.studyInstanceUid(), said.accessionNumber()));
    Pending item =
        new Pending(
            record,
            own.barrier.origin(),
            facts,
            RecordBytes.order(record, facts.studyInstanceUid()));
    item.suspect = own.suspects.isSuspect(item.origin.metadata().offset());
    own.state.add(item);
    Ending known = known(own, item, facts, event.getImage());
    if (known != null) {
      own.state.end(item, known);
      return;
    }
    Deduplication.Joining joining = own.deduplication.joins(item, facts, event.getImage());
    if (joining != null) {
      if (joining.ending() != null) {
        own.state.end(item, joining.ending());
      }
      return;
    }
    // The future may complete before or after this thread goes on; the state of this assignment is
    // bound here, so that a revived task never hears of an old one's images.
    own.door
        .submit(item, event, record.value().length, () -> forwardEnded(own))
        .thenAccept(piped -> own.state.end(item, parts.modalities().judge(facts, piped)));
  }

  /**
   * How an event ends without being asked about: an operator said so, it is out of bounds, or it
   * was answered before.
   */
  private @Nullable Ending known(Assigned own, Pending item, EventFacts facts, Object image) {
    String why = own.suspects.skipped(item.origin.metadata().offset());
    if (why != null) {
      return new Ending.Unreadable(SKIPPED, "An operator had it skipped: " + why);
    }
    Ending.Unreadable outside = parts.bounds().fault(facts, item.headers);
    return outside != null ? outside : own.deduplication.answered(item, facts, image);
  }

  /** Called by the barrier before a commit: waits for everything pending and forwards it. */
  private void drain() {
    Assigned own = assigned();
    own.givingUp.check();
    long start = System.nanoTime();
    int images = own.state.size();
    if (images > 0) {
      try (BatchPipeline.Drain drain = parts.models().current().pipeline().drain()) {
        awaitAll(own);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    own.suspects.drained();
    own.commits.drained();
    sayWhatWaits(own);
    parts.listener().drained(images, System.nanoTime() - start);
  }

  private void awaitAll(Assigned own) throws InterruptedException {
    GivingUp.Wait wait = own.givingUp.begin();
    while (!own.state.isEmpty()) {
      Pending item = own.state.poll(LOOK_NANOS);
      if (item != null) {
        done(own, item);
        sayWhatWaits(own);
      } else if (wait.leftNanos() <= 0) {
        throw own.givingUp.because(own.state.size() + " images have no outcome");
      }
    }
  }

  private void forwardEnded(Assigned own) {
    own.givingUp.check();
    for (Pending item = own.state.poll(); item != null; item = own.state.poll()) {
      done(own, item);
    }
    sayWhatWaits(own);
    if (own.commits.isDue(own.state)) {
      own.context.commit();
    }
  }

  private static void done(Assigned own, Pending item) {
    if (item.ending instanceof Ending.Piped piped
        && piped.outcome() instanceof Outcome.Unavailable unavailable) {
      // Whatever else is pending comes again with it, by another thread.
      throw own.givingUp.brokenBy(new StoreUnavailableException(unavailable.message()));
    }
    try {
      own.state.done(
          item,
          each -> {
            own.forwarding.forward(each, own.state::end);
            own.commits.forwarded(each);
          });
    } catch (RuntimeException e) {
      throw own.givingUp.brokenBy(e);
    }
  }

  private void sayWhatWaits(Assigned own) {
    parts.listener().waiting(own.partition, own.state.size(), own.state.oldestMillis());
  }

  private @Nullable SeenEvents seenEvents(ProcessorContext<byte[], SpecificRecord> context) {
    return parts.deduplication().window().isZero()
        ? null
        : new SeenEvents(
            context.getStateStore(SeenEvents.NAME), parts.deduplication(), parts.clock());
  }

  private Assigned assigned() {
    return Objects.requireNonNull(assigned, "The processor is not initialised.");
  }
}
