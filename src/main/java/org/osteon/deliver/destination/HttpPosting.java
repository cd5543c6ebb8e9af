package org.osteon.deliver.destination;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Posts to one server, and waits for the whole of the answer in time.
 *
 * <p><b>Threading.</b> One thread sends.
 */
public final class HttpPosting {
  private final BearerToken token;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience to connect, and for each answer
   */
  public HttpPosting(SSLContext tls, BearerToken token, Duration patience) {
    this.token = token;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .sslContext(tls)
            .build();
  }

  /** A request to that address, with its limit in time and the token. */
  public HttpRequest.Builder to(URI uri) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience.plusSeconds(1));
    Optional<String> now = token.now();
    now.ifPresent(each -> request.header("Authorization", "Bearer " + each));
    return request;
  }

  /** The whole of it in time: the request's own limit ends where the body begins. */
  public HttpResponse<byte[]> answered(HttpRequest request)
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
      // One that is no longer waited for is ended, and its connection with it.
      answer.cancel(true);
    }
  }
}
