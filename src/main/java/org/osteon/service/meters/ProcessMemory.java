package org.osteon.service.meters;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.OptionalLong;
import org.osteon.process.ProcessStatus;

/** Memory of this process, as Linux counts it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Resident bytes; NaN where the kernel does not say. */
  static double resident() {
    OptionalLong bytes = ProcessStatus.resident();
    return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
  }

  /** Resident bytes less what the JVM's pools have committed; never below 0. */
  static double outsideOfTheJvm() {
    long pools = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pools += pool.getUsage().getCommitted();
    }
    return Math.max(0, resident() - pools);
  }
}
