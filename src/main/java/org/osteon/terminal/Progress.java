package org.osteon.terminal;

import java.io.Console;
import java.io.PrintWriter;

/**
 * How far something is: one line that is drawn over itself on a terminal, else a line each tenth of
 * what takes longer than two seconds.
 *
 * <p><b>Threading.</b> Any thread may report.
 */
public final class Progress {
  private static final int CELLS = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  /** In a pipe nothing is said of what is done sooner. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final PrintWriter out;
  private final boolean terminal;
  private final String what;
  private final long total;
  private final long begun = System.nanoTime();
  private long drawnAt;
  private long tenths;
  private boolean drawn;

  /**
   * @param terminal whether a line may be drawn over itself
   * @param what is counted, {@code images}
   * @param total how many there will be
   */
  public Progress(PrintWriter out, boolean terminal, String what, long total) {
    this.out = out;
    this.terminal = terminal;
    this.what = what;
    this.total = Math.max(1, total);
  }

  /** Whether standard output and input are a person's terminal. */
  public static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console in a pipe as well, and it must be asked.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  /**
   * @param done how many are done
   */
  public synchronized void report(long done) {
    long now = System.nanoTime();
    if (terminal) {
      if (!drawn || done >= total || now - drawnAt > REDRAW_NANOS) {
        drawnAt = now;
        drawn = true;
        int full = (int) (CELLS * Math.min(done, total) / total);
        out.printf(
            "\r%s%s %d of %d %s ", "█".repeat(full), "░".repeat(CELLS - full), done, total, what);
        out.flush();
      }
    } else if (10 * done / total > tenths && now - begun > PATIENCE_NANOS) {
      tenths = 10 * done / total;
      out.printf("%d of %d %s%n", done, total, what);
      out.flush();
    }
  }

  /** Takes the drawn line away, so that others can be printed; the next report draws it again. */
  public synchronized void clear() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
      drawn = false;
    }
  }
}
