package org.osteon.topology.classify;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending.Ending;

/**
 * How long what an event says may be. All of it goes on into the result, the alert and the verdict,
 * and the topics of these take a megabyte.
 *
 * @param maxText characters of any text that has no bound of its own
 * @param maxAttributes bytes of all attributes together, keys counted in
 * @param maxHeaders bytes of all headers of the record together, keys counted in
 */
public record EventBounds(int maxText, int maxAttributes, int maxHeaders) {
  /** PS3.5 section 9.1. */
  private static final int UID = 64;

  /** A code string, PS3.5 section 6.2. */
  private static final int CODE = 16;

  private static final int EVENT_ID = 128;
  private static final String OUT_OF_BOUNDS = "EVENT_OUT_OF_BOUNDS";

  /** Why an event is refused, or null where it is not. */
  Ending.@Nullable Unreadable fault(EventFacts event, Headers headers) {
    if (event.eventId().isBlank()) {
      return new Ending.Unreadable(
          "EMPTY_EVENT_ID", "The event has no id, so it cannot be told whether it came before.");
    }
    if (event.studyInstanceUid().isBlank()) {
      return new Ending.Unreadable("EMPTY_STUDY_UID", "The event names no study.");
    }
    String what = tooLong(event, headers);
    return what == null
        ? null
        : new Ending.Unreadable(OUT_OF_BOUNDS, "%s longer than allowed.".formatted(what));
  }

  private @Nullable String tooLong(EventFacts event, Headers headers) {
    if (event.eventId().length() > EVENT_ID) {
      return "The event's id is";
    }
    if (isLonger(
        UID, event.studyInstanceUid(), event.seriesInstanceUid(), event.sopInstanceUid())) {
      return "A UID is";
    }
    if (isLonger(
        CODE, event.modality(), event.bodyPart(), event.laterality(), event.viewPosition())) {
      return "A code is";
    }
    if (isLonger(maxText, event.facility(), event.accessionNumber(), event.patientPseudonym())) {
      return "A text is";
    }
    if (bytes(event.attributes()) > maxAttributes) {
      return "The attributes are";
    }
    return bytes(headers) > maxHeaders ? "The record's headers are" : null;
  }

  private static boolean isLonger(int most, @Nullable String... texts) {
    for (String text : texts) {
      if (text != null && text.length() > most) {
        return true;
      }
    }
    return false;
  }

  private static long bytes(Map<String, String> attributes) {
    long bytes = 0;
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      bytes += utf8(each.getKey()) + utf8(each.getValue());
    }
    return bytes;
  }

  private static long bytes(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      byte[] value = header.value();
      bytes += utf8(header.key()) + (value == null ? 0 : value.length);
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
