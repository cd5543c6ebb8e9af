package org.osteon.testing;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;

/** Events as a publisher would make them. */
public final class Events {
  /** An event whose image is that many bytes of noise from the seed. */
  public static XRayEvent event(String id, int imageBytes, long seed) {
    byte[] image = new byte[imageBytes];
    new Random(seed).nextBytes(image);
    return XRayEvent.newBuilder()
        .setEventId(id)
        .setStudyInstanceUid("2.25." + seed)
        .setFacility("ward-ä")
        .setBodyPart("WRIST")
        .setPatientAgeYears(41)
        .setPriority(Priority.STAT)
        .setAcquiredAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .setPublishedAt(Instant.ofEpochMilli(1_700_000_000_500L))
        .setContentType("image/jpeg")
        .setImage(new InlineImage(ByteBuffer.wrap(image)))
        .setAttributes(Map.of("station", "3"))
        .build();
  }

  private Events() {}
}
