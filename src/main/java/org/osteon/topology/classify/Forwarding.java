package org.osteon.topology.classify;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.osteon.event.ClassificationResult;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.listen.Traces;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.RecordBytes;
import org.osteon.topology.seen.Deduplication;

/**
 * Forwards what comes of a record, in that record's own name, and remembers its answer.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class Forwarding {
  /** Names of the child nodes. */
  public static final String RESULTS = "results";

  public static final String DEAD_LETTERS = "dead-letters";
  public static final String ASSESS = "assess";

  private final ProcessorContext<byte[], SpecificRecord> context;
  private final CommitBarrier barrier;
  private final RecordOutputs outputs;
  private final Deduplication deduplication;
  private final TopologyListener listener;
  private final Traces traces;

  Forwarding(
      ProcessorContext<byte[], SpecificRecord> context,
      CommitBarrier barrier,
      RecordOutputs outputs,
      Deduplication deduplication,
      TopologyListener listener,
      Traces traces) {
    this.context = context;
    this.barrier = barrier;
    this.outputs = outputs;
    this.deduplication = deduplication;
    this.listener = listener;
    this.traces = traces;
  }

  /**
   * Forwards a record that has ended.
   *
   * @param twin told of those that waited for the answer to the same event
   */
  void forward(Pending item, Deduplication.Twin twin) {
    SpecificRecord value = outputs.of(item);
    if (value != null) {
      Record<byte[], SpecificRecord> out =
          new Record<>(
              RecordBytes.key(item, outputs.isResult(item)),
              value,
              item.origin.timestamp(),
              traces.ended(item.headers, item.takenNanos, value));
      barrier.forwardAs(item.origin, () -> toChildren(out, outputs.isResult(item)));
      listener.answered(item.origin.timestamp());
    }
    ClassificationResult result = value instanceof ClassificationResult r ? r : null;
    // Stored in the name of the same record: the changelog takes its timestamp.
    barrier.forwardAs(item.origin, () -> deduplication.ended(item, result, twin));
  }

  private void toChildren(Record<byte[], SpecificRecord> out, boolean result) {
    context.forward(out, result ? RESULTS : DEAD_LETTERS);
    if (result) {
      context.forward(out, ASSESS);
    }
  }
}
