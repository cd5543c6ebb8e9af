package org.osteon.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osteon.client.OperationFailedException;
import org.osteon.metrics.MetricsClient;
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
    MetricsClient client = new MetricsClient(PATIENCE, token);
    List<MetricsText> texts = new ArrayList<>();
    for (URI replica : replicas) {
      try {
        texts.add(client.read(replica));
      } catch (MetricsClient.StatusException e) {
        throw new OperationFailedException(
            e.status() == HttpURLConnection.HTTP_UNAUTHORIZED
                ? replica + " asks for a token: set http.metrics.token.file as it does."
                : replica + " " + e.getMessage() + ": give http://HOST:PORT of a running replica.",
            e);
      } catch (IOException | IllegalArgumentException e) {
        throw new OperationFailedException(
            replica + " does not answer: give http://HOST:PORT of a running replica.", e);
      }
    }
    return texts;
  }
}
