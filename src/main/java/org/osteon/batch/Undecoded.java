package org.osteon.batch;

import java.util.concurrent.atomic.AtomicInteger;
import org.osteon.batch.contract.Outcome;

/**
 * Images that were submitted and are in no batch: how many there are, and how one ends that comes
 * to none.
 *
 * <p><b>Threading.</b> Any.
 */
final class Undecoded {
  private final AtomicInteger count;
  private final Assembler assembler;
  private final Completion completion;

  /**
   * @param count which the assembler reads; what is submitted is added to it
   */
  Undecoded(AtomicInteger count, Assembler assembler, Completion completion) {
    this.count = count;
    this.assembler = assembler;
    this.completion = completion;
  }

  /** One of them is in a batch now, which the assembler is told as its slot is finished. */
  void joined() {
    count.decrementAndGet();
  }

  /** Ends one of them, and lets a batch leave that may have waited for it. */
  void end(InFlight image, Outcome outcome) {
    count.decrementAndGet();
    assembler.look();
    completion.end(image, outcome);
  }
}
