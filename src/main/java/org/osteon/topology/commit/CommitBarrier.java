package org.osteon.topology.commit;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.processor.internals.Task;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Drains the processor before its offsets are committed. <b>The one class that touches Kafka
 * Streams' internals.</b>
 *
 * <p>Kafka Streams tells a processor nothing before a commit: {@code StateStore.flush} and {@code
 * commit} run when the offsets are durable already, too late for a processor that still holds
 * records. What it does call first is {@code flushCache} of each registered {@link
 * CachedStateStore}, because its own record cache forwards there: {@code StreamTask.prepareCommit}
 * → {@code ProcessorStateManager.flushCache}, at interval commits, at revocation and at a clean
 * close. So the barrier is a store that stores nothing.
 *
 * <p>Forwarding there has no current node and no record, so {@link #forwardAs} puts the processor's
 * node and the record's own context in place, as {@code TimestampedCacheFlushListener} does.
 *
 * <p><b>Threading.</b> The task's stream thread only.
 */
public class CommitBarrier implements StateStore, CachedStateStore<byte[], byte[]> {
  /** Name of the store. */
  public static final String NAME = "commit-barrier";

  private @Nullable InternalProcessorContext<?, ?> context;
  private @Nullable ProcessorNode<?, ?, ?, ?> node;
  private Runnable drain = () -> {};
  private Runnable afterCommit = () -> {};
  private long drains;

  /**
   * Where a record came from: what is needed to forward in its name later.
   *
   * @param metadata topic, partition, offset
   * @param timestamp the record's, milliseconds since the epoch
   */
  public record Origin(RecordMetadata metadata, long timestamp) {}

  /**
   * To be called in the processor's {@code init}, when the current node is the processor's.
   *
   * @param beforeCommit forwards everything the processor holds; what it throws prevents the commit
   */
  public void attach(ProcessorContext<?, ?> processor, Runnable beforeCommit) {
    InternalProcessorContext<?, ?> internal = (InternalProcessorContext<?, ?>) processor;
    context = internal;
    node = internal.currentNode();
    drain = beforeCommit;
  }

  /**
   * @param hook run after a commit, though not after each: at the latest when the task closes
   *     cleanly, so that what a commit proved can still be written down
   */
  public void afterCommit(Runnable hook) {
    afterCommit = hook;
  }

  /**
   * Drains that ended well, in this assignment. Kafka Streams flushes its producer between a drain
   * and whatever it calls next, or the task dies: who sees a larger number than at a forward knows
   * that the brokers have what was forwarded.
   */
  public long drains() {
    return drains;
  }

  /** The record that is being processed now. */
  public Origin origin() {
    ProcessorRecordContext record = context().recordContext();
    return new Origin(record, record.timestamp());
  }

  /** Runs {@code forward} as if the record of {@code origin} were being processed. */
  public void forwardAs(Origin origin, Runnable forward) {
    InternalProcessorContext<?, ?> internal = context();
    ProcessorNode<?, ?, ?, ?> currentNode = internal.currentNode();
    ProcessorRecordContext currentRecord = internal.recordContext();
    internal.setCurrentNode(node);
    internal.setRecordContext((ProcessorRecordContext) origin.metadata());
    try {
      forward.run();
    } finally {
      internal.setCurrentNode(currentNode);
      internal.setRecordContext(currentRecord);
    }
  }

  @Override
  public void flushCache() {
    drain.run();
    drains++;
  }

  @Override
  public void init(StateStoreContext storeContext, StateStore root) {
    storeContext.register(root, (key, value) -> {});
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    // The offsets are durable by now.
    InternalProcessorContext<?, ?> internal = context;
    // A task that becomes a standby keeps its stores, and what is theirs.
    if (internal == null || internal.taskType() != Task.TaskType.ACTIVE) {
      return;
    }
    ProcessorRecordContext currentRecord = internal.recordContext();
    // What is stored here comes of no record, as in a punctuator.
    internal.setRecordContext(
        new ProcessorRecordContext(
            internal.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
    try {
      afterCommit.run();
    } finally {
      internal.setRecordContext(currentRecord);
    }
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  private InternalProcessorContext<?, ?> context() {
    return Objects.requireNonNull(context, "The barrier is not attached to a processor.");
  }
}
