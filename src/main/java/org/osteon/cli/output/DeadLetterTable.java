package org.osteon.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.XRayEvent;
import org.osteon.terminal.Paint.Tone;

/** Dead letters as a table, with the study and the facility of the event where it can be read. */
public final class DeadLetterTable implements RecordTable<DeadLetter> {
  private static final String LINE = "%-12s  %-12s  %-12s  %-12s  %-28s  %-11s  %-22s  %s";
  private static final int FACILITY = 12;

  private final Deserializer<XRayEvent> events;

  /**
   * @param events reads what arrived, where it is an event at all
   */
  public DeadLetterTable(Deserializer<XRayEvent> events) {
    this.events = events;
  }

  @Override
  public String header() {
    return LINE.formatted(
        "time", "study", "key", "facility", "source", "stage", "reason", "message");
  }

  @Override
  public Tone tone(DeadLetter letter) {
    return Tone.WARNING;
  }

  @Override
  public String row(DeadLetter letter) {
    Source source = letter.getSource();
    XRayEvent event = event(letter);
    return LINE.formatted(
        Cells.time(letter.getFailedAt()),
        event == null ? "–" : Cells.study(event.getStudyInstanceUid()),
        Cells.study(key(letter)),
        Cells.cut(event == null ? "–" : event.getFacility(), FACILITY),
        source.getTopic() + "/" + source.getPartition() + "@" + source.getOffset(),
        letter.getStage(),
        letter.getReason(),
        letter.getMessage());
  }

  /** Null where the bytes are no event, or were too many to be kept. */
  private @Nullable XRayEvent event(DeadLetter letter) {
    ByteBuffer value = letter.getOriginalValue();
    if (value == null) {
      return null;
    }
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    try {
      return events.deserialize(letter.getSource().getTopic(), bytes);
    } catch (RuntimeException unreadable) {
      // That may be why it is a dead letter: Avro and the client throw whatever they stumble over.
      return null;
    }
  }

  /** The key of the source record: the study, of publishers that keep to the contract. */
  private static String key(DeadLetter letter) {
    ByteBuffer key = letter.getOriginalKey();
    return key == null ? "–" : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
  }
}
