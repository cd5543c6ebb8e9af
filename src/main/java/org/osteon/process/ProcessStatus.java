package org.osteon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Resident memory of a process in bytes, as Linux counts it; empty where it does not say. */
public final class ProcessStatus {
  private static final int KIB = 1024;

  private ProcessStatus() {}

  /** Of this process now. */
  public static OptionalLong resident() {
    return bytes("self", "VmRSS:");
  }

  /** The most that this process had. */
  public static OptionalLong peakResident() {
    return bytes("self", "VmHWM:");
  }

  /** The most that another one had. */
  public static OptionalLong peakResident(long pid) {
    return bytes(Long.toString(pid), "VmHWM:");
  }

  private static OptionalLong bytes(String process, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", process, "status")).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
