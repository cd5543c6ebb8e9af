package org.osteon.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of the service that hold something, in the order in which they came to be. They are
 * closed in the opposite order, each once, whether all of them were started or only some: what one
 * throws is logged, and the others are closed all the same.
 *
 * <p><b>Threading.</b> Any; closing waits for closing.
 */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * Takes a part over.
   *
   * @return the part
   */
  synchronized <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("A part of the service does not close: {}", e.toString());
      }
    }
  }
}
