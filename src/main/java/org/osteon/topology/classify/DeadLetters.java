package org.osteon.topology.classify;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.topology.record.Pending;

/**
 * From a failure to the dead letter that is published.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class DeadLetters {
  /** What a dead letter holds beside the original value, at most, in bytes. */
  private static final int OVERHEAD = 16 * 1024;

  private final String applicationId;
  private final int maxRecordBytes;
  private final Clock clock;

  /**
   * @param maxRecordBytes the largest record that the dead-letter topic takes
   */
  public DeadLetters(String applicationId, int maxRecordBytes, Clock clock) {
    this.applicationId = applicationId;
    this.maxRecordBytes = maxRecordBytes;
    this.clock = clock;
  }

  /**
   * Why a record came to nothing.
   *
   * @param stage where
   * @param reason the stable code
   * @param message one sentence, without patient data
   * @param attempts tries, those of {@code redrive} counted in
   */
  record Failure(Stage stage, String reason, String message, int attempts) {}

  /**
   * @param modelVersion that was asked, or would have been
   */
  DeadLetter of(Pending item, String modelVersion, Failure failure) {
    byte[] key = item.key;
    byte[] value = item.value;
    RecordMetadata from = item.origin.metadata();
    int keyBytes = key == null ? 0 : key.length;
    boolean tooLong = value != null && (long) value.length + keyBytes + OVERHEAD > maxRecordBytes;
    return DeadLetter.newBuilder()
        .setEventId(item.event == null ? null : item.event.eventId())
        .setSource(
            new Source(from.topic(), from.partition(), from.offset(), item.origin.timestamp()))
        .setStage(failure.stage)
        .setReason(failure.reason)
        .setMessage(failure.message)
        .setOriginalKey(key == null ? null : ByteBuffer.wrap(key))
        .setOriginalValue(value == null || tooLong ? null : ByteBuffer.wrap(value))
        .setOriginalTruncated(tooLong)
        .setAttempts(failure.attempts)
        .setApplicationId(applicationId)
        .setModelVersion(modelVersion)
        .setFailedAt(Instant.ofEpochMilli(clock.millis()))
        .build();
  }
}
