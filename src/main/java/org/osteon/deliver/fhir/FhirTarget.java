package org.osteon.deliver.fhir;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.HttpPosting;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.deliver.destination.Target;

/**
 * A FHIR R4 server. Each result is one transaction: all of it is there, or nothing.
 *
 * <p><b>Threading.</b> One thread sends.
 */
public final class FhirTarget implements Target {
  private static final String TYPE = "application/fhir+json";

  private final FhirSettings settings;
  private final HttpPosting posting;

  /**
   * @param patience to connect, and for each answer
   */
  public FhirTarget(FhirSettings settings, Duration patience) {
    this.settings = settings;
    this.posting = new HttpPosting(settings.tls(), settings.token(), patience);
  }

  @Override
  public Outcome send(Delivery delivery) throws InterruptedException {
    if (delivery.original().studyUid().isEmpty()) {
      return new Outcome.Refused(Reasons.NO_IDENTITY, "The result names no study.");
    }
    String bundle = ResultBundle.of(delivery, settings.naming()).toString();
    try {
      HttpRequest request =
          posting
              .to(settings.base())
              .header("Content-Type", TYPE + "; charset=utf-8")
              .header("Accept", TYPE)
              .header("Prefer", "return=minimal")
              .POST(HttpRequest.BodyPublishers.ofString(bundle, StandardCharsets.UTF_8))
              .build();
      HttpResponse<byte[]> response = posting.answered(request);
      return Answers.outcome(
          response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Outcome.Away(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {}
}
