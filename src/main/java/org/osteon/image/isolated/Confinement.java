package org.osteon.image.isolated;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osteon.process.OwnLimits;

/**
 * What a process gives up before it reads the first foreign byte, on 64-bit Linux on x86: address
 * space beyond what it has and an allowance, core dumps, files that grow, new privileges, and, by a
 * seccomp filter on all of its threads, sockets, other programs and other processes' memory.
 *
 * <p>By JNA, because Java 17 has no calls of its own for it. Elsewhere nothing is done: the process
 * is still another one, with a heap of its own and nothing in its environment.
 */
final class Confinement {
  private static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_AS = 9;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long SYS_SECCOMP = 317;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int AUDIT_ARCH_X86_64 = 0xC000003E;

  /** x86-64: socket, connect, sendto, bind, listen, socketpair, ptrace, execve, execveat. */
  private static final int[] REFUSED_CALLS = {41, 42, 44, 49, 50, 53, 101, 59, 322};

  /** x86-64: the memory of other processes. */
  private static final int[] FOREIGN_MEMORY = {310, 311};

  private static final int EPERM = 1;
  private static final int PAGE = 4096;

  // Berkeley packet filter: load a word, jump if equal, return.
  private static final short LOAD = 0x20;
  private static final short JUMP_EQUAL = 0x15;
  private static final short RETURN = 0x06;
  private static final int ALLOW = 0x7FFF0000;
  private static final int ERRNO = 0x00050000;

  private Confinement() {}

  /**
   * @param allowance bytes of address space beyond what is taken now
   */
  static void apply(long allowance) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return;
    }
    NativeLibrary libc = NativeLibrary.getInstance("c");
    OwnLimits.atMost(RLIMIT_CORE, 0);
    OwnLimits.atMost(RLIMIT_FSIZE, 0);
    OwnLimits.atMost(RLIMIT_AS, taken() + allowance);
    libc.getFunction("prctl").invokeInt(new Object[] {PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L});
    filter(libc.getFunction("syscall"));
  }

  private static long taken() throws IOException {
    String statm = Files.readString(Path.of("/proc/self/statm"));
    return Long.parseLong(statm.substring(0, statm.indexOf(' '))) * PAGE;
  }

  /** The number of the call is the first word that a filter sees, the architecture the second. */
  private static void filter(Function syscall) {
    int refused = REFUSED_CALLS.length + FOREIGN_MEMORY.length;
    int steps = 3 + refused + 2;
    try (Memory program = new Memory(8L * steps);
        Memory header = new Memory(16)) {
      int at = 0;
      step(program, at++, LOAD, 0, 0, 4);
      // Another architecture's numbers mean other calls: all of them are refused.
      step(program, at++, JUMP_EQUAL, 0, refused + 2, AUDIT_ARCH_X86_64);
      step(program, at++, LOAD, 0, 0, 0);
      for (int[] calls : new int[][] {REFUSED_CALLS, FOREIGN_MEMORY}) {
        for (int call : calls) {
          step(program, at, JUMP_EQUAL, steps - 1 - (at + 1), 0, call);
          at++;
        }
      }
      step(program, at++, RETURN, 0, 0, ALLOW);
      step(program, at, RETURN, 0, 0, ERRNO | EPERM);
      header.clear();
      header.setShort(0, (short) steps);
      header.setPointer(8, program);
      // A kernel without seccomp says no, and the other limits hold.
      syscall.invokeLong(
          new Object[] {
            SYS_SECCOMP, (long) SECCOMP_SET_MODE_FILTER, (long) SECCOMP_FILTER_FLAG_TSYNC, header
          });
    }
  }

  private static void step(Memory program, int at, short code, int yes, int no, int value) {
    long offset = 8L * at;
    program.setShort(offset, code);
    program.setByte(offset + 2, (byte) yes);
    program.setByte(offset + 3, (byte) no);
    program.setInt(offset + 4, value);
  }
}
