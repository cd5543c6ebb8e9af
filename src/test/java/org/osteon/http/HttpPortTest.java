package org.osteon.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.testing.Certificates;

/** Peers that take what they can get; each test would never end where nothing ended them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpPortTest {
  private static final String REQUEST = "POST /a?b=c HTTP/1.1\r\nHost: x\r\n";

  @TempDir private Path folder;
  private final AtomicInteger handled = new AtomicInteger();
  private final List<Socket> open = new ArrayList<>();
  private Duration header = Duration.ofSeconds(2);
  private Duration request = Duration.ofSeconds(3);
  private int ofPeer = 8;
  private @Nullable SSLContext tls;
  private @Nullable HttpPort port;

  @AfterEach
  void close() throws Exception {
    for (Socket each : open) {
      each.close();
    }
    if (port != null) {
      port.close();
    }
  }

  @Test
  void aRequestIsAnsweredAndTheConnectionTakesAnother() throws Exception {
    Socket socket = connect();
    for (int i = 0; i < 3; i++) {
      send(socket, REQUEST + "Content-Length: 4\r\n\r\nabcd");
      assertThat(answer(socket)).contains("200", "POST /a b=c 4");
    }
  }

  @Test
  void whatDripsEndsAtItsDeadline() throws Exception {
    assertThat(drip(connect(), REQUEST + "X: ", "a")).as("a header").isEmpty();
    assertThat(drip(connect(), REQUEST, "X: a\r\n")).as("headers").isEmpty();
    assertThat(drip(connect(), "", "\r\n"))
        .as("empty lines")
        .containsAnyOf("431", "")
        .doesNotContain("200 OK");
    assertThat(handled).hasValue(0);
    assertThat(drip(connect(), REQUEST + "Content-Length: 1000000\r\n\r\n", "a"))
        .as("a body")
        .isEmpty();
    assertThat(drip(connect(), REQUEST + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"))
        .as("chunks")
        .isEmpty();
  }

  @Test
  void aHandshakeThatDripsEndsAtItsDeadline() throws Exception {
    tls = Certificates.make(folder).context();
    byte[] hello = {22, 3, 1, 64, 0, 1, 0, 63, -4};
    assertThat(drip(connect(), new String(hello, StandardCharsets.ISO_8859_1), "\0")).isEmpty();
  }

  @Test
  void headersAreBoundedInNumberAndSize() throws Exception {
    header = Duration.ofMinutes(5);
    for (String flood : List.of("X: a\r\n".repeat(200), "X: " + "a".repeat(20_000) + "\r\n")) {
      Socket socket = connect();
      try {
        send(socket, REQUEST + flood + "\r\n");
        assertThat(answer(socket)).doesNotContain("200 OK");
      } catch (IOException reset) {
        assertThat(reset).isNotNull();
      }
    }
    assertThat(handled).hasValue(0);
  }

  @Test
  void onePeerLeavesConnectionsToOthers() throws Exception {
    header = Duration.ofMinutes(5);
    ofPeer = 2;
    connect();
    connect();
    assertThat(connect().getInputStream().read()).as("one too many").isNegative();
    Socket other = connect("127.0.0.2");
    send(other, REQUEST + "\r\n");
    assertThat(answer(other)).contains("200");
    open.get(0).close();
    Socket again = connect();
    while (again.getInputStream().available() == 0 && !served(again)) {
      again = connect();
    }
  }

  private boolean served(Socket socket) {
    try {
      send(socket, REQUEST + "\r\n");
      return answer(socket).contains("200");
    } catch (IOException closed) {
      return false;
    }
  }

  private Socket connect() throws IOException {
    return connect("127.0.0.1");
  }

  private Socket connect(String from) throws IOException {
    if (port == null) {
      port =
          HttpPort.open(
              0,
              "test",
              new HttpPort.Limits(16, ofPeer, header, request, tls),
              call -> {
                handled.incrementAndGet();
                int bytes = call.body().readAllBytes().length;
                call.answer(
                    200,
                    "text/plain",
                    call.method() + " " + call.path() + " " + call.rawQuery() + " " + bytes);
              });
    }
    Socket socket = new Socket();
    open.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port.port()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Up to the last letter of its body. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    socket.setSoTimeout(20_000);
    int length = -1;
    while (length < 0 || text.length() < length) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
      int end = text.indexOf("\r\n\r\n");
      if (length < 0 && end > 0) {
        String head = text.toString();
        int at = head.indexOf("Content-Length: ") + 16;
        length = end + 4 + Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
      }
    }
    return text.toString();
  }

  /** Sends on and on until the connection ends; what was said meanwhile. */
  private static String drip(Socket socket, String begin, String drop) throws IOException {
    send(socket, begin);
    socket.setSoTimeout(50);
    StringBuilder said = new StringBuilder();
    while (true) {
      try {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return said.toString();
        }
        said.append((char) next);
      } catch (SocketTimeoutException nothingYet) {
        try {
          send(socket, drop);
        } catch (IOException closed) {
          return said.toString();
        }
      } catch (IOException closed) {
        return said.toString();
      }
    }
  }
}
