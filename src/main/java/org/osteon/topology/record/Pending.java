package org.osteon.topology.record;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome;
import org.osteon.event.ClassificationResult;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.model.DecisionPolicy;

/**
 * A record between {@code process} and {@code forward}.
 *
 * <p><b>Threading.</b> The stream thread's, but for the outcome, which a pipeline thread puts in
 * before it announces the pending record on the processor's queue.
 */
public final class Pending {
  /** What keeps its order: the study, as the record's key has it. */
  final ByteBuffer order;

  public final byte @Nullable [] key;
  public final Headers headers;
  public final CommitBarrier.Origin origin;

  /** Null where the event could not be read. */
  public final @Nullable EventFacts event;

  /** What arrived, for a dead letter; let go as soon as none can come of it. */
  public byte @Nullable [] value;

  public @Nullable Ending ending;

  /** Of the version that was asked; null where none was. */
  public @Nullable DecisionPolicy policy;

  /** Whether it was in the hands of owners that died. */
  public boolean suspect;

  boolean done;

  /** Forwarded, and no longer pending. */
  boolean left;

  /** {@link System#nanoTime()} when the record was taken. */
  public final long takenNanos = System.nanoTime();

  public Pending(
      Record<byte[], byte[]> record,
      CommitBarrier.Origin origin,
      @Nullable EventFacts event,
      ByteBuffer order) {
    this.key = record.key();
    this.value = record.value();
    this.headers = record.headers();
    this.origin = origin;
    this.event = event;
    this.order = order;
  }

  /** How a record ended: with the pipeline's outcome, or before it came that far. */
  public sealed interface Ending {
    /**
     * @param outcome of the version that was active
     * @param second what a candidate said; null where none was asked
     */
    record Piped(Outcome outcome, @Nullable SecondAnswer second) implements Ending {
      public Piped(Outcome outcome) {
        this(outcome, null);
      }
    }

    record Unreadable(String reason, String message) implements Ending {}

    /**
     * It was answered before.
     *
     * @param published whether that result is published again; else nothing is
     */
    record Again(ClassificationResult first, boolean published) implements Ending {}
  }
}
