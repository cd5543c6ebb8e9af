package org.osteon.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * A topic's batches as they lie on a broker's disk, markers of transactions included: what readers
 * of {@code read_committed} are not shown, and what tells a batch that was written twice from one
 * that should have been taken back.
 */
final class LoggedBatches {
  private LoggedBatches() {}

  /**
   * One line a batch: partition, offsets, producer, epoch, sequence, records or marker.
   *
   * @param data the broker's {@code log.dirs}
   */
  static String of(Path data, String topic) throws IOException {
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.walk(data)) {
      List<Path> segments =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .filter(file -> folder(file).matches(java.util.regex.Pattern.quote(topic) + "-\\d+"))
              .sorted()
              .toList();
      for (Path segment : segments) {
        try (FileRecords records = FileRecords.open(segment.toFile())) {
          for (RecordBatch batch : records.batches()) {
            lines.append(folder(segment)).append(' ').append(line(batch)).append('\n');
          }
        }
      }
    }
    return lines.toString();
  }

  private static String folder(Path segment) {
    return String.valueOf(segment.getName(segment.getNameCount() - 2));
  }

  private static String line(RecordBatch batch) {
    Record first = batch.iterator().next();
    return "%d..%d producer %d epoch %d sequence %d %s"
        .formatted(
            batch.baseOffset(),
            batch.lastOffset(),
            batch.producerId(),
            batch.producerEpoch(),
            batch.baseSequence(),
            batch.isControlBatch()
                ? EndTransactionMarker.deserialize(first).controlType()
                : batch.countOrNull() + " records");
  }
}
