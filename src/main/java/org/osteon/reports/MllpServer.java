package org.osteon.reports;

import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for MLLP: on each connection one message after the other, each answered before the next
 * is read. Messages are read as UTF-8.
 *
 * <p>HAPI's framing, and sockets of our own: HAPI's server would write messages to its log and take
 * as many connections as come.
 *
 * <p><b>Threading.</b> A thread accepts, each connection has its own; {@link #close} by any.
 */
final class MllpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);
  private static final Charset CHARSET = StandardCharsets.UTF_8;
  private static final int MOST_BYTES = 4 << 20;

  /** Engines keep a connection; one that is gone without a word is noticed after that. */
  private static final Duration SILENCE = Duration.ofHours(1);

  private final ServerSocket socket;
  private final Predicate<InetAddress> known;
  private final UnaryOperator<String> answers;
  private final Semaphore free;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Listens from now on.
   *
   * @param port 0 for a free one
   * @param tls null for plain connections
   * @param known who may connect
   * @param connections at once
   * @param answers from a message to its acknowledgement
   * @throws IOException the port is taken
   */
  MllpServer(
      int port,
      @Nullable SSLContext tls,
      Predicate<InetAddress> known,
      int connections,
      UnaryOperator<String> answers)
      throws IOException {
    this.socket =
        tls == null
            ? new ServerSocket(port)
            : tls.getServerSocketFactory().createServerSocket(port);
    this.known = known;
    this.answers = answers;
    this.free = new Semaphore(connections);
    start(this::accept, "osteon-mllp");
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket next = socket.accept();
        if (!known.test(next.getInetAddress()) || !free.tryAcquire()) {
          LOG.warn("A connection was closed: it is of no known network, or one too many.");
          next.close();
          continue;
        }
        open.add(next);
        start(() -> serve(next), "osteon-mllp-connection");
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A connection could not be accepted: {}", e.getClass().getSimpleName());
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setSoTimeout((int) SILENCE.toMillis());
      connection.setKeepAlive(true);
      connection.setTcpNoDelay(true);
      Bounded in = new Bounded(connection.getInputStream());
      MinLLPReader reader = new MinLLPReader(in, CHARSET);
      MinLLPWriter writer = new MinLLPWriter(connection.getOutputStream(), CHARSET);
      for (String message = next(in, reader); message != null; message = next(in, reader)) {
        writer.writeMessage(answers.apply(message));
      }
    } catch (IOException | LLPException e) {
      if (!closed) {
        LOG.info("A connection ended: {}", e.getClass().getSimpleName());
      }
    } finally {
      open.remove(connection);
      free.release();
    }
  }

  private static @Nullable String next(Bounded in, MinLLPReader reader)
      throws IOException, LLPException {
    in.left = MOST_BYTES;
    return reader.getMessage();
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections and ends those there are; what was not answered is sent again. */
  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // It listens no more either way.
    }
    for (Socket each : open) {
      try {
        each.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }

  /** One message has an end. */
  private static final class Bounded extends FilterInputStream {
    private int left = MOST_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      spend(1);
      return super.read();
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      spend(Math.max(0, read));
      return read;
    }

    private void spend(int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("The message is longer than " + MOST_BYTES + " bytes.");
      }
    }
  }
}
