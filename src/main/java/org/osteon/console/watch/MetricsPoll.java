package org.osteon.console.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.metrics.MetricsClient;
import org.osteon.metrics.MetricsText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks processes of one kind for their metrics every few seconds.
 *
 * <p><b>Threading.</b> One thread asks and tells; none where there is no process to ask.
 */
final class MetricsPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPoll.class);
  private static final long EVERY_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST = 100;

  private final MetricsClient client;
  private final List<URI> addresses;
  private final Consumer<List<Said>> told;
  private final @Nullable ScheduledExecutorService clock;

  /**
   * What one said.
   *
   * @param address host and port
   * @param metrics null where it said none
   * @param fault why it said none, in a few words; else empty
   */
  record Said(String address, @Nullable MetricsText metrics, String fault) {}

  /**
   * @param kind of the processes, for the thread's name
   * @param addresses {@code http://HOST:PORT}; a name stands for all its addresses
   * @param token that they ask for
   * @param told what all of them said, each time
   */
  MetricsPoll(
      String kind, List<String> addresses, Optional<String> token, Consumer<List<Said>> told) {
    this.addresses = addresses.stream().map(URI::create).toList();
    this.client = new MetricsClient(PATIENCE, token);
    this.told = told;
    this.clock =
        addresses.isEmpty()
            ? null
            : Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread thread = new Thread(work, "osteon-console-" + kind);
                  thread.setDaemon(true);
                  return thread;
                });
    if (clock != null) {
      var unused =
          clock.scheduleWithFixedDelay(this::askAllOrSay, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void askAllOrSay() {
    try {
      List<Said> all = new ArrayList<>();
      for (URI address : addresses) {
        for (URI one : resolved(address)) {
          if (all.size() < MOST) {
            all.add(ask(one));
          }
        }
      }
      told.accept(all);
    } catch (RuntimeException e) {
      // What one says amiss must not end the asking.
      LOG.warn("Metrics could not be read; trying again", e);
    }
  }

  /** A headless service's name has an address for each of its pods. */
  private static List<URI> resolved(URI address) {
    if (address.getScheme().equals("https")) {
      return List.of(address);
    }
    try {
      List<URI> all = new ArrayList<>();
      for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
        String host = each.getHostAddress();
        int port = address.getPort() < 0 ? 80 : address.getPort();
        all.add(
            URI.create(
                "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port)));
      }
      return all;
    } catch (UnknownHostException e) {
      return List.of(address);
    }
  }

  private Said ask(URI address) {
    String name = address.getAuthority();
    try {
      return new Said(name, client.read(address), "");
    } catch (MetricsClient.StatusException e) {
      return new Said(name, null, "answers " + e.status());
    } catch (IOException e) {
      return new Said(name, null, "does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Said(name, null, "does not answer");
    }
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }
}
