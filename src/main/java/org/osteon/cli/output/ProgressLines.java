package org.osteon.cli.output;

import java.io.PrintWriter;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.TopicWindow;
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

  /** For a step that learns how much there is as it goes. */
  public TopicWindow.Watch offsets(String what) {
    return new TopicWindow.Watch() {
      private @Nullable LongConsumer step;

      @Override
      public void progress(long done, long total) {
        LongConsumer begun = step == null ? begin(what, total) : step;
        step = begun;
        begun.accept(done);
      }
    };
  }

  /** One thing that takes its time, such as loading a model. */
  public void one(String what) {
    begin(what, 1).accept(0);
  }

  /** Takes the last line away. */
  public void clear() {
    if (current != null) {
      current.clear();
    }
  }
}
