package org.osteon.deliver.destination;

/**
 * Somebody who gets results.
 *
 * <p><b>Threading.</b> One thread sends.
 */
public interface Target extends AutoCloseable {
  /**
   * Sends one, and waits for the answer. What is sent twice must be the same object for the other
   * side.
   *
   * @throws InterruptedException the process ends
   */
  Outcome send(Delivery delivery) throws InterruptedException;

  @Override
  void close();
}
