package org.osteon.topology.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.topology.commit.CommitBarrier;

/** Pending records without a broker. */
public final class PendingRecords {
  private PendingRecords() {}

  /** One whose event could not be read. */
  public static Pending of(String study, long offset) {
    return of(study, offset, (EventFacts) null);
  }

  /** One with that priority. */
  public static Pending of(String study, long offset, Priority priority) {
    XRayEvent event =
        XRayEvent.newBuilder()
            .setEventId("event-" + offset)
            .setStudyInstanceUid(study)
            .setFacility("test")
            .setPriority(priority)
            .setPublishedAt(java.time.Instant.EPOCH)
            .setContentType("image/png")
            .setImage(new InlineImage(ByteBuffer.allocate(1)))
            .build();
    return of(study, offset, EventFacts.of(event));
  }

  private static Pending of(String study, long offset, @Nullable EventFacts event) {
    byte[] key = study.getBytes(StandardCharsets.UTF_8);
    CommitBarrier.Origin origin =
        new CommitBarrier.Origin(
            new ProcessorRecordContext(offset, offset, 0, "events", new RecordHeaders()), offset);
    return new Pending(new Record<>(key, new byte[1], 0), origin, event, ByteBuffer.wrap(key));
  }
}
