package org.osteon.deliver.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.HttpPosting;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.deliver.destination.Target;
import org.osteon.deliver.dicom.DicomTarget.Kind;
import org.osteon.deliver.dicom.DicomTarget.Pictures;
import org.osteon.dimse.PartTen;

/**
 * An archive that stores by STOW-RS (DICOMweb). Report and capture go in one request, as files in
 * explicit little endian, which every server takes; what is stored a second time is the same
 * object.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class StowTarget implements Target {
  private static final String SYNTAX = DicomObject.SYNTAXES.get(0);

  private final StowSettings settings;
  private final Set<Kind> kinds;
  private final Pictures pictures;
  private final HttpPosting posting;

  /**
   * @param patience to connect, and for each answer
   */
  public StowTarget(StowSettings settings, Set<Kind> kinds, Pictures pictures, Duration patience) {
    this.settings = settings;
    this.kinds = Set.copyOf(kinds);
    this.pictures = pictures;
    this.posting = new HttpPosting(settings.tls(), settings.token(), patience);
  }

  @Override
  public Outcome send(Delivery delivery) throws InterruptedException {
    if (delivery.original().studyUid().isEmpty()) {
      return new Outcome.Refused(Reasons.NO_IDENTITY, "The result names no study.");
    }
    Pixels.Plane plane = kinds.contains(Kind.CAPTURE) ? pictures.of(delivery) : null;
    // No result has it in its bytes: a part is a file whose UIDs are functions of the same id.
    String boundary = "osteon-" + ResultReport.uid(delivery.result());
    try {
      HttpRequest request =
          posting
              .to(settings.studies())
              .header(
                  "Content-Type",
                  "multipart/related; type=\"application/dicom\"; boundary=\"" + boundary + "\"")
              .header("Accept", "application/dicom+json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body(delivery, plane, boundary)))
              .build();
      HttpResponse<byte[]> response = posting.answered(request);
      return StowAnswers.outcome(
          response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), kinds.size());
    } catch (IOException e) {
      return new Outcome.Away(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {}

  private byte[] body(Delivery delivery, Pixels.@Nullable Plane plane, String boundary)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (kinds.contains(Kind.CAPTURE)) {
      part(
          body,
          boundary,
          PartTen.file(
              ResultCapture.SOP_CLASS,
              ResultCapture.uid(delivery.result()),
              SYNTAX,
              ResultCapture.of(delivery, plane).encoded(SYNTAX)));
    }
    if (kinds.contains(Kind.REPORT)) {
      part(
          body,
          boundary,
          PartTen.file(
              ResultReport.COMPREHENSIVE,
              ResultReport.uid(delivery.result()),
              SYNTAX,
              ResultReport.of(delivery, ResultReport.COMPREHENSIVE).encoded(SYNTAX)));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String boundary, byte[] file) {
    body.writeBytes(
        ("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(file);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
