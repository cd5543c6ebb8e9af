package org.osteon.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osteon.client.OperationFailedException;
import org.osteon.metrics.MetricsText;

/** Running replicas, by their addresses. */
final class Replicas {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Replicas() {}

  /**
   * What each says at {@code /metrics} now, in the same order.
   *
   * @param replicas {@code http://HOST:PORT}
   * @param token that they ask for, empty where they ask for none
   * @throws OperationFailedException where one does not answer
   */
  static List<MetricsText> scrape(List<URI> replicas, Optional<String> token)
      throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    List<MetricsText> texts = new ArrayList<>();
    for (URI replica : replicas) {
      try {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(replica.resolve("/metrics")).timeout(PATIENCE);
        token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        HttpResponse<String> answer =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
          throw new OperationFailedException(
              replica + " asks for a token: set http.metrics.token.file as it does.");
        }
        texts.add(MetricsText.parse(answer.body()));
      } catch (IOException | IllegalArgumentException e) {
        throw new OperationFailedException(
            replica + " does not answer: give http://HOST:PORT of a running replica.", e);
      }
    }
    return texts;
  }
}
