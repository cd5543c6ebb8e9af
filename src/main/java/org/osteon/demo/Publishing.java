package org.osteon.demo;

/**
 * Publishes samples as fast as they are answered, or slowly for someone who watches.
 *
 * <p><b>Threading.</b> A thread of its own.
 */
final class Publishing {
  /** Published and not yet answered; enough to keep the service busy and the latency honest. */
  private static final int OUTSTANDING = 192;

  /** Between images that someone watches coming in. */
  private static final long UNHURRIED_MILLIS = 400;

  private final SamplePublisher publisher;
  private final SampleImages images;
  private final Tally tally;

  Publishing(SamplePublisher publisher, SampleImages images, Tally tally) {
    this.publisher = publisher;
    this.images = images;
    this.tally = tally;
  }

  /** Begins; the thread ends when all are with the broker, or when it is interrupted. */
  Thread start(int count, boolean unhurried) {
    Thread thread = new Thread(() -> publish(count, unhurried), "osteon-demo-publish");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void publish(int count, boolean unhurried) {
    try {
      for (int n = 0; n < count; n++) {
        SampleImages.Image sample = images.get(n);
        tally.awaitFewerThan(OUTSTANDING);
        if (unhurried) {
          Thread.sleep(UNHURRIED_MILLIS);
        }
        // Counted before it is sent: its result may be there before the next line runs.
        tally.published(publisher.id(n), sample.kind());
        publisher.publish(n, sample);
      }
      publisher.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
