package org.osteon.topology.owner;

import java.util.Map;

/**
 * Where owners of partitions say what they have in hand, and find what those before them said. It
 * is a help, not a promise: an implementation that cannot reach its place says nothing and throws
 * nothing. One that may never reach it throws at the first record that is taken.
 *
 * <p><b>Threading.</b> Any.
 */
public interface OwnerLog {
  /** Remembers nothing. */
  OwnerLog NONE =
      new OwnerLog() {
        @Override
        public Handover takeOver(int partition, long offset) {
          return new Handover(Ownership.taken(null, "", offset, offset), Map.of());
        }

        @Override
        public void write(int partition, Ownership now) {}

        @Override
        public void release(int partition, Ownership now) {}
      };

  /**
   * What an owner begins with.
   *
   * @param ownership its own, already written down
   * @param skipped reasons that an operator gave, by offset
   */
  record Handover(Ownership ownership, Map<Long, String> skipped) {}

  /**
   * Takes a partition over.
   *
   * @param offset of the first record
   */
  Handover takeOver(int partition, long offset);

  /** Says more, some time soon. */
  void write(int partition, Ownership now);

  /** Says that the partition is let go, and waits until that is kept; not where another has it. */
  void release(int partition, Ownership now);
}
