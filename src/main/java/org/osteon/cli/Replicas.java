package org.osteon.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osteon.metrics.MetricsText;

/** Running replicas, by their addresses. */
final class Replicas {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Replicas() {}

  /**
   * What each says at {@code /metrics} now, in the same order.
   *
   * @param replicas {@code http://HOST:PORT}
   * @throws CommandFailedException where one does not answer
   */
  static List<MetricsText> scrape(List<URI> replicas) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    List<MetricsText> texts = new ArrayList<>();
    for (URI replica : replicas) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(replica.resolve("/metrics")).timeout(PATIENCE).build();
        texts.add(
            MetricsText.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body()));
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandFailedException(
            replica + " does not answer: give http://HOST:PORT of a running replica.", e);
      }
    }
    return texts;
  }
}
