package org.osteon.demo;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.osteon.client.EventPublisher;
import org.osteon.config.Settings;
import org.osteon.event.DicomUid;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;

/**
 * Publishes samples as a hospital's integration engine would: keyed by study.
 *
 * <p><b>Threading.</b> One thread publishes; a failed send is noticed by the next call.
 */
final class SamplePublisher implements AutoCloseable {
  private final EventPublisher publisher;
  private final String run;

  /**
   * @param run names this run, so that two runs have no event in common
   */
  SamplePublisher(Settings settings, String run) {
    this.publisher = new EventPublisher(settings);
    this.run = run;
  }

  /** The event id of a sample. */
  String id(int n) {
    return run + "-" + n;
  }

  /** Publishes one sample. */
  void publish(int n, SampleImages.Image sample) {
    publisher.throwIfFailed();
    publisher.publish(
        XRayEvent.newBuilder()
            .setEventId(id(n))
            .setStudyInstanceUid(DicomUid.of(run + "/" + n / sample.views()))
            .setBodyPart(sample.bodyPart())
            .setViewPosition(sample.views() < 2 ? null : n % sample.views() == 0 ? "AP" : "LL")
            .setFacility("demo")
            .setPriority(n % 50 == 49 ? Priority.STAT : Priority.ROUTINE)
            .setPublishedAt(Instant.now())
            .setContentType(sample.contentType())
            .setImage(new InlineImage(ByteBuffer.wrap(sample.bytes())))
            .build());
  }

  /** Waits until every event is with the broker. */
  void flush() {
    publisher.awaitAll();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
