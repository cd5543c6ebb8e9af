package org.osteon.service;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.osteon.http.HttpDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /threads}, {@code /heap} and {@code /recording?seconds=N}: what {@code jcmd} and {@code
 * kill -3} would tell, for a container that has neither. It listens on the loopback address alone,
 * so that only {@code kubectl port-forward} reaches it: the cluster authenticated and authorised
 * its user. See docs/decisions/0006.
 *
 * <p>What leaves names no patient: stacks, classes and counts. A recording leaves out the
 * environment, where secrets are.
 *
 * <p><b>Threading.</b> Any; one recording at a time.
 */
final class Diagnostics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);
  private static final Pattern SECONDS = Pattern.compile("seconds=([1-9][0-9]{0,2})");
  private static final int MOST_SECONDS = 300;

  private final ReentrantLock recording = new ReentrantLock();
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final HttpDoor door;

  /**
   * @param port on the loopback address; 0 for a free one
   */
  Diagnostics(int port) throws IOException {
    door =
        HttpDoor.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "osteon-diagnostics",
                HttpDoor.SHORT_REQUEST)
            .on("/threads", exchange -> command(exchange, "threadPrint", "-l"))
            .on("/heap", exchange -> command(exchange, "gcClassHistogram"))
            .on("/recording", this::record)
            .start();
  }

  int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
  }

  /** What jcmd asks of the virtual machine, asked from inside. */
  private void command(HttpExchange exchange, String name, String... arguments) throws IOException {
    try {
      Object said =
          beans.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              name,
              new Object[] {arguments},
              new String[] {String[].class.getName()});
      text(exchange, 200, String.valueOf(said));
    } catch (JMException e) {
      text(exchange, 500, "The virtual machine refuses " + name + ": " + e.getMessage() + "\n");
    }
  }

  private void record(HttpExchange exchange) throws IOException {
    int seconds = seconds(exchange.getRequestURI());
    if (seconds == 0) {
      text(exchange, 400, "Say how long, 1 to 300 seconds: /recording?seconds=30\n");
      return;
    }
    if (!recording.tryLock()) {
      text(exchange, 409, "One is being made: ask again when it has ended.\n");
      return;
    }
    Path file = Files.createTempFile("osteon-", ".jfr");
    try (Recording one = new Recording(Configuration.getConfiguration("profile"))) {
      one.disable("jdk.InitialEnvironmentVariable");
      one.disable("jdk.InitialSystemProperty");
      one.disable("jdk.SystemProcess");
      one.start();
      LOG.info("A recording of {} s begins", seconds);
      TimeUnit.NANOSECONDS.sleep(Duration.ofSeconds(seconds).toNanos());
      one.stop();
      one.dump(file);
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      try (exchange;
          InputStream in = Files.newInputStream(file)) {
        exchange.sendResponseHeaders(200, Files.size(file));
        try (OutputStream out = exchange.getResponseBody()) {
          in.transferTo(out);
        }
      }
    } catch (ParseException e) {
      text(exchange, 500, "This virtual machine has no recorder's profile.\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Files.deleteIfExists(file);
      recording.unlock();
    }
  }

  private static int seconds(URI uri) {
    Matcher asked = SECONDS.matcher(uri.getQuery() == null ? "" : uri.getQuery());
    int seconds = asked.matches() ? Integer.parseInt(asked.group(1)) : 0;
    return seconds > MOST_SECONDS ? 0 : seconds;
  }

  private static void text(HttpExchange exchange, int status, String body) throws IOException {
    HttpDoor.answer(exchange, status, "text/plain; charset=utf-8", body);
  }
}
