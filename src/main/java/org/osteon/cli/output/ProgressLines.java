package org.osteon.cli.output;

import java.io.PrintWriter;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.osteon.dataset.Watcher;
import org.osteon.terminal.Progress;

/**
 * A progress line for each step of a long command, one after the other.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class ProgressLines implements Watcher {
  private final PrintWriter out;
  private @Nullable Progress current;

  public ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public LongConsumer begin(String what, long total) {
    clear();
    Progress progress = new Progress(out, Progress.onTerminal(), what, total);
    current = progress;
    return progress::report;
  }

  /** Takes the last line away. */
  public void clear() {
    if (current != null) {
      current.clear();
    }
  }
}
