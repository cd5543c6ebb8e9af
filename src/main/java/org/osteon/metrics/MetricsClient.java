package org.osteon.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads what a running replica exports.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class MetricsClient {
  private final HttpClient client;
  private final Duration patience;
  private final Optional<String> token;

  /**
   * @param patience with a replica
   * @param token that replicas ask for, empty where they ask for none
   */
  public MetricsClient(Duration patience, Optional<String> token) {
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
    this.patience = patience;
    this.token = token;
  }

  /** It answers with another status than 200. */
  public static final class StatusException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    StatusException(int status) {
      super("answers " + status);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /**
   * What it says at {@code /metrics} now.
   *
   * @param replica {@code http://HOST:PORT}
   * @throws StatusException it answers with another status than 200
   * @throws IOException it does not answer, or says something else
   */
  public MetricsText read(URI replica) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(replica.resolve("/metrics")).timeout(patience);
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new StatusException(answer.statusCode());
    }
    try {
      return MetricsText.parse(answer.body());
    } catch (IllegalArgumentException e) {
      throw new IOException("says no metrics", e);
    }
  }
}
