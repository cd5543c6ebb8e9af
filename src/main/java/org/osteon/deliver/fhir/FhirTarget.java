package org.osteon.deliver.fhir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osteon.deliver.destination.Delivery;
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
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience to connect, and for each answer
   */
  public FhirTarget(FhirSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .sslContext(settings.tls())
            .build();
  }

  @Override
  public Outcome send(Delivery delivery) throws InterruptedException {
    if (delivery.original().studyUid().isEmpty()) {
      return new Outcome.Refused(Reasons.NO_IDENTITY, "The result names no study.");
    }
    String bundle = ResultBundle.of(delivery, settings.naming()).toString();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(settings.base())
              .timeout(patience.plusSeconds(1))
              .header("Content-Type", TYPE + "; charset=utf-8")
              .header("Accept", TYPE)
              .header("Prefer", "return=minimal")
              .POST(HttpRequest.BodyPublishers.ofString(bundle, StandardCharsets.UTF_8));
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
      HttpResponse<byte[]> response = answered(request.build());
      return Answers.outcome(
          response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Outcome.Away(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** The whole of it in time: the request's own limit ends where the body begins. */
  private HttpResponse<byte[]> answered(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      // One that nobody waits for any more is ended, and its connection with it.
      answer.cancel(true);
    }
  }

  @Override
  public void close() {}
}
