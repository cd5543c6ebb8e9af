package org.osteon.topology.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.fetch.Reference;

/** What the classify processor takes out of records, and the key of what it makes of them. */
public final class RecordBytes {
  private RecordBytes() {}

  /** A result's key is its study, as the contract says; a dead letter keeps its source's. */
  public static byte @Nullable [] key(Pending item, boolean result) {
    if (item.event == null || (!result && item.key != null)) {
      return item.key;
    }
    return item.event.studyInstanceUid().getBytes(StandardCharsets.UTF_8);
  }

  /** What keeps its order: the record's key, and where it has none, the study. */
  public static ByteBuffer order(Record<byte[], byte[]> record, String study) {
    byte[] key = record.key();
    return ByteBuffer.wrap(key != null ? key : study.getBytes(StandardCharsets.UTF_8));
  }

  /** Digest of an event's image: of its bytes, or as its reference says; lower-case hex. */
  public static String sha256(Object image) {
    return image instanceof InlineImage inline
        ? new Sha256().add(inline.getData().duplicate()).hex()
        : ((ImageReference) image).getSha256();
  }

  /** What is to be fetched. */
  public static Reference reference(ImageReference image) {
    return new Reference(image.getUri(), image.getLength(), image.getSha256());
  }
}
