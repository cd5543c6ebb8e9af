package org.osteon.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;

/** An object that a reference may point to: its address was found to be allowed. */
interface Place {
  /** The store, for messages and for patience: bucket, host or root, never more. */
  String store();

  /**
   * Asks the store for it.
   *
   * @param guard told at once how to end the asking: connection and headers are waited for too
   * @throws Refusal the store answered, and asking again would not help
   * @throws IOException the store is away
   */
  Opened open(Deadline deadline, Watchdog.Guard guard) throws Refusal, IOException;

  /**
   * An object that is being read.
   *
   * @param stream its bytes
   * @param length in bytes as the store says, -1 where it does not
   * @param abort ends whatever is being waited for, from another thread
   * @param closing gives back what it holds
   */
  record Opened(InputStream stream, long length, Runnable abort, Closeable closing)
      implements Closeable {
    @Override
    public void close() throws IOException {
      closing.close();
    }
  }
}
