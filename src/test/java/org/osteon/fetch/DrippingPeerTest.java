package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores that never stop talking: whatever they send, the fetch ends by its own time-out and says
 * that they do not answer. Each test would never end where it did not.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrippingPeerTest {
  /** A TLS handshake record of 16 kB that begins a server's hello. */
  private static final byte[] RECORD = {22, 3, 3, 64, 0, 2, 0, 63, -4};

  private final byte[] image = Fetching.noise(1000);
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private ServerSocket server;

  /** What a peer says; it is cut off when the other end closes. */
  private interface Talk {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    for (Socket each : accepted) {
      each.close();
    }
  }

  @Test
  void headersThatDripEndAtTheDeadline() throws Exception {
    talk(out -> drip(out, "HTTP/1.1 200 OK\r\nX-A: ", "a"));
    assertAway(http());
    assertAway(s3());
  }

  @Test
  void headersWithoutAnEndEndAtTheirLimit() throws Exception {
    talk(out -> pour(out, "HTTP/1.1 200 OK\r\n", "X-A: 1\r\n"));
    assertAway(http());
    assertThat(sent.get()).as("bytes of headers that were taken").isLessThan(32L << 20);
    assertAway(s3());
  }

  @Test
  void aHeaderWithoutAnEndEndsAtItsLimit() throws Exception {
    talk(out -> pour(out, "HTTP/1.1 200 OK\r\nX-A: ", "aaaaaaaa"));
    assertAway(http());
    assertThat(sent.get()).as("bytes of one header that were taken").isLessThan(32L << 20);
    assertAway(s3());
  }

  @Test
  void interimAnswersWithoutAnEndEndAtTheDeadline() throws Exception {
    talk(out -> drip(out, "", "HTTP/1.1 103 Early Hints\r\n\r\n"));
    assertAway(http());
  }

  @Test
  void chunksThatDripEndAtTheDeadline() throws Exception {
    talk(out -> drip(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"));
    assertAway(http());
    assertAway(s3());
  }

  @Test
  void aHandshakeThatDripsEndsAtTheDeadline() throws Exception {
    talk(
        out -> {
          out.write(RECORD);
          drip(out, "", "a");
        });
    assertAway(https());
    assertAway(s3("https"));
  }

  @Test
  void aBodyThatIsRefusedIsNotWaitedFor() throws Exception {
    talk(out -> drip(out, "HTTP/1.1 503 Busy\r\nContent-Length: 1000000\r\n\r\n", "a"));
    assertAway(http());
    assertAway(s3());
  }

  @Test
  void aRegistryThatDripsEndsAtTheDeadline(@TempDir Path folder) throws Exception {
    talk(out -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "a"));
    ModelRegistry registry =
        new ModelRegistry(
            List.of("127.0.0.1:" + server.getLocalPort() + "/models/"),
            "allowed",
            null,
            true,
            Duration.ofMillis(500));
    String address = "oci://127.0.0.1:" + server.getLocalPort() + "/models/osteon:1/model.json";
    assertThatThrownBy(() -> registry.copy(address, folder.resolve("model.json"), 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not give it within");
    await("the end of the thread that pulled")
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(each -> each.getName().equals("osteon-model-pull")));
  }

  private void assertAway(Map.Entry<Fetcher, String> asking) throws Exception {
    try (Fetcher fetcher = asking.getKey()) {
      Fetched fetched = Fetching.fetch(fetcher, Fetching.to(asking.getValue(), image));
      assertThat(Fetching.reason(fetched)).isEqualTo("STORE_UNAVAILABLE");
    }
    // A peer that still talks holds nothing of ours: the connection is closed.
    for (Socket each : accepted) {
      each.setSoTimeout(20_000);
      while (alive(each)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    accepted.clear();
  }

  private static boolean alive(Socket socket) {
    try {
      socket.getOutputStream().write('a');
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  private Map.Entry<Fetcher, String> http() {
    return over("http");
  }

  private Map.Entry<Fetcher, String> https() {
    return over("https");
  }

  private Map.Entry<Fetcher, String> over(String scheme) {
    String host = "127.0.0.1:" + server.getLocalPort();
    Map<String, String> settings =
        Map.of("fetch." + scheme + ".hosts", host, "fetch.private.networks", "127.0.0.1/32");
    return Map.entry(Fetching.with(settings), scheme + "://" + host + "/image");
  }

  private Map.Entry<Fetcher, String> s3() {
    return s3("http");
  }

  private Map.Entry<Fetcher, String> s3(String scheme) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    Map<String, String> settings = new HashMap<>();
    settings.put("fetch.s3.endpoint", scheme + "://127.0.0.1:" + server.getLocalPort());
    settings.put("fetch.s3.path.style", "true");
    settings.put("fetch.s3.buckets", "bucket");
    return Map.entry(Fetching.with(settings), "s3://bucket/image");
  }

  private void talk(Talk talk) {
    Thread listener =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  accepted.add(socket);
                  answer(talk, socket);
                } catch (IOException closed) {
                  return;
                }
              }
            });
    listener.setDaemon(true);
    listener.start();
  }

  private static void answer(Talk talk, Socket socket) {
    Thread speaker =
        new Thread(
            () -> {
              try {
                // Some of the request; more would be read as it comes.
                assertThat(socket.getInputStream().read()).isNotNegative();
                talk.to(socket.getOutputStream());
              } catch (IOException | InterruptedException closed) {
                // The other end had enough.
              }
            });
    speaker.setDaemon(true);
    speaker.start();
  }

  private static void drip(OutputStream out, String begin, String drop)
      throws IOException, InterruptedException {
    out.write(begin.getBytes(StandardCharsets.US_ASCII));
    while (true) {
      out.write(drop.getBytes(StandardCharsets.US_ASCII));
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void pour(OutputStream out, String begin, String drop) throws IOException {
    out.write(begin.getBytes(StandardCharsets.US_ASCII));
    byte[] flood = drop.repeat(1000).getBytes(StandardCharsets.US_ASCII);
    while (true) {
      out.write(flood);
      sent.addAndGet(flood.length);
    }
  }
}
