package org.osteon.fetch;

import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;

/**
 * Objects of a few hosts. No redirect is followed, no cookie kept, nothing decompressed, no proxy
 * of the environment used, and names resolve through {@link CheckedResolver}.
 *
 * <p><b>Threading.</b> Any number of threads; connections are pooled.
 */
final class HttpStore implements Store {
  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  /** Of an answer: stores send twenty or thirty headers of a hundred bytes. */
  private static final Http1Config HEADERS =
      Http1Config.custom()
          .setMaxHeaderCount(100)
          .setMaxLineLength(8192)
          .setMaxEmptyLineCount(10)
          .build();

  private final String scheme;
  private final Set<String> hosts = new HashSet<>();
  private final CloseableHttpClient client;

  /**
   * @param hosts {@code host} or {@code host:port}
   * @param connections that there may be at once: fewer than are fetched at once would let a fetch
   *     wait for another one's, within its own time
   */
  HttpStore(String scheme, List<String> hosts, CheckedResolver resolver, int connections) {
    this.scheme = scheme;
    int standard = scheme.equals("https") ? 443 : 80;
    for (String host : hosts) {
      String lower = host.toLowerCase(Locale.ROOT);
      this.hosts.add(lower.matches(".*:\\d+") ? lower : lower + ":" + standard);
    }
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder().http1Config(HEADERS).build())
                    .setMaxConnTotal(connections)
                    .setMaxConnPerRoute(connections)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT)
                            .setTimeToLive(TimeValue.ofMinutes(1))
                            .build())
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("osteon")
            .build();
  }

  @Override
  public Place place(URI uri) throws Refusal {
    String host = uri.getHost();
    if (host == null) {
      throw Refusal.forbidden("The address names no host.");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    String name = host.toLowerCase(Locale.ROOT) + ":" + port;
    if (!hosts.contains(name)) {
      throw Refusal.forbidden("The host is not among fetch." + scheme + ".hosts.");
    }
    return new HttpPlace(client, uri, scheme + "://" + name);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  private record HttpPlace(CloseableHttpClient client, URI uri, String store) implements Place {
    @Override
    public Opened open(Deadline deadline, Watchdog.Guard guard) throws Refusal, IOException {
      Timeout left = Timeout.of(deadline.left());
      HttpGet get = new HttpGet(uri);
      get.setConfig(
          RequestConfig.custom()
              .setConnectionRequestTimeout(left)
              .setResponseTimeout(left)
              .build());
      guard.endsBy(get::cancel);
      HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
      ClassicHttpResponse response;
      try {
        response = client.executeOpen(host, get, null);
      } catch (CheckedResolver.InsideException e) {
        throw Refusal.forbidden(
            store
                + " leads to a loopback, link-local or private address; see"
                + " fetch.private.networks.");
      }
      int status = response.getCode();
      HttpEntity entity = response.getEntity();
      if (status == 200 && entity != null) {
        return new Opened(entity.getContent(), entity.getContentLength(), get::cancel, response);
      }
      // Closed, not drained: its body might have no end.
      response.close();
      Refusal refusal = Refusal.ofStatus(status, store);
      if (refusal != null) {
        throw refusal;
      }
      throw new IOException("status " + status);
    }
  }
}
