package org.osteon.client;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;
import org.osteon.event.DicomUid;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.Reference;

/**
 * Makes events from image files that come without an order: all of its ids are pure functions of
 * what is published.
 *
 * @param facility code of the site
 * @param priority of all events
 * @param runId part of each event's id, so that publishing a file again is a new event; null to let
 *     the id be the file's digest alone
 */
public record EventMaker(String facility, Priority priority, @Nullable String runId) {
  /** Characters of a digest that an id carries beside the run: as many as a UUID has. */
  private static final int DIGEST_IN_ID = 32;

  /**
   * @param image the file's bytes
   * @param contentType what they are believed to be
   * @param study what makes two images the same study; null where each file is a study
   * @param bodyPart DICOM's defined term, or null
   */
  public XRayEvent event(
      byte[] image, String contentType, @Nullable String study, @Nullable String bodyPart) {
    InlineImage inline = new InlineImage(ByteBuffer.wrap(image));
    return event(inline, Sha256.of(image), contentType, study, bodyPart);
  }

  /** The same for an image that was uploaded. */
  public XRayEvent event(
      Reference image, String contentType, @Nullable String study, @Nullable String bodyPart) {
    ImageReference reference = new ImageReference(image.uri(), image.length(), image.sha256());
    return event(reference, image.sha256(), contentType, study, bodyPart);
  }

  private XRayEvent event(
      Object image,
      String digest,
      String contentType,
      @Nullable String study,
      @Nullable String bodyPart) {
    return XRayEvent.newBuilder()
        .setEventId(runId == null ? digest : digest.substring(0, DIGEST_IN_ID) + "-" + runId)
        .setStudyInstanceUid(DicomUid.of("study:" + (study == null ? digest : study)))
        .setSopInstanceUid(DicomUid.of("instance:" + digest))
        .setBodyPart(bodyPart)
        .setFacility(facility)
        .setPriority(priority)
        .setPublishedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
        .setContentType(contentType)
        .setImage(image)
        .build();
  }
}
