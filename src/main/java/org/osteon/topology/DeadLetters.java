package org.osteon.topology;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.Stage;

/**
 * From a failure to the dead letter that is published.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class DeadLetters {
  /** What a dead letter holds beside the original value, at most, in bytes. */
  private static final int OVERHEAD = 16 * 1024;

  private final String applicationId;
  private final int maxRecordBytes;
  private final Clock clock;

  /**
   * @param maxRecordBytes the largest record that the dead-letter topic takes
   */
  DeadLetters(String applicationId, int maxRecordBytes, Clock clock) {
    this.applicationId = applicationId;
    this.maxRecordBytes = maxRecordBytes;
    this.clock = clock;
  }

  /**
   * @param eventId id of the event, where it could be read
   * @param modelVersion that was asked, or would have been
   */
  DeadLetter of(
      @Nullable String eventId,
      String modelVersion,
      CommitBarrier.Origin origin,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Stage stage,
      String reason,
      String message,
      int attempts) {
    RecordMetadata from = origin.metadata();
    int keyBytes = key == null ? 0 : key.length;
    boolean tooLong = value != null && (long) value.length + keyBytes + OVERHEAD > maxRecordBytes;
    return DeadLetter.newBuilder()
        .setEventId(eventId)
        .setSource(new Source(from.topic(), from.partition(), from.offset(), origin.timestamp()))
        .setStage(stage)
        .setReason(reason)
        .setMessage(message)
        .setOriginalKey(key == null ? null : ByteBuffer.wrap(key))
        .setOriginalValue(value == null || tooLong ? null : ByteBuffer.wrap(value))
        .setOriginalTruncated(tooLong)
        .setAttempts(attempts)
        .setApplicationId(applicationId)
        .setModelVersion(modelVersion)
        .setFailedAt(Instant.ofEpochMilli(clock.millis()))
        .build();
  }
}
