package org.osteon.service.health;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that look now and then, and keep no process alive. */
final class Watches {
  private Watches() {}

  /** One thread of that name. */
  static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread watch = new Thread(work, name);
          watch.setDaemon(true);
          return watch;
        });
  }
}
