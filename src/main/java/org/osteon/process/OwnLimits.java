package org.osteon.process;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process of ours allows itself, on Linux; elsewhere nothing is done. By JNA, because Java
 * 17 has no calls of its own for it.
 */
public final class OwnLimits {
  private static final int RLIMIT_DATA = 2;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path KILLED_FIRST = Path.of("/proc/self/oom_score_adj");
  private static final long KIB = 1024;

  private OwnLimits() {}

  /**
   * @param resource as {@code setrlimit} numbers it on this machine
   */
  public static void atMost(int resource, long most) {
    try (Memory limit = new Memory(2L * Long.BYTES)) {
      limit.setLong(0, most);
      limit.setLong(Long.BYTES, most);
      NativeLibrary.getInstance("c")
          .getFunction("setrlimit")
          .invokeInt(new Object[] {resource, limit});
    }
  }

  /**
   * Private memory that can be written: what is taken now and so much more, however it is asked
   * for. Beyond that, asking fails.
   *
   * @param allowance bytes
   */
  public static void memory(long allowance) throws IOException {
    if (Files.exists(STATUS)) {
      atMost(RLIMIT_DATA, written() + allowance);
    }
  }

  /**
   * Where a machine or a container is out of memory, the kernel ends this process first; or not,
   * where it does not let itself be asked.
   */
  public static void killedFirst() {
    try {
      Files.writeString(KILLED_FIRST, "1000", StandardOpenOption.WRITE);
    } catch (IOException e) {
      System.err.println("The kernel does not take " + KILLED_FIRST + ": " + e.getMessage());
    }
  }

  private static long written() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmData:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
      }
    }
    throw new IOException(STATUS + " does not say VmData.");
  }
}
