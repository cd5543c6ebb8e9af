package org.osteon.service.health;

import org.osteon.config.value.ConfigException;

/** Whether the memory budget, which is of the Java heap, leaves the heap enough for the rest. */
public final class HeapCheck {
  private static final double SHARE = 0.6;
  private static final long MIB = 1 << 20;

  private HeapCheck() {}

  /**
   * @param heapBytes {@link Runtime#maxMemory()}
   * @throws ConfigException where the budget is more than the heap can give
   */
  public static void check(long budgetBytes, long heapBytes) {
    if (budgetBytes > heapBytes * SHARE) {
      throw new ConfigException(
          "memory.budget.mb is %d, but the Java heap is %d MB and needs %d: lower it to %d, or give Java more with JAVA_TOOL_OPTIONS=-Xmx%dm."
              .formatted(
                  budgetBytes / MIB,
                  heapBytes / MIB,
                  (long) Math.ceil(budgetBytes / SHARE / MIB),
                  (long) (heapBytes * SHARE) / MIB,
                  (long) Math.ceil(budgetBytes / SHARE / MIB / 64) * 64));
    }
  }
}
