package org.osteon.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.io.support.BasicHttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.osteon.limit.Deadline;
import org.osteon.limit.PeerQuota;
import org.osteon.limit.Watchdog;

/**
 * A port that strangers may reach: connections are counted by peer, headers are bounded in number,
 * size and time, and each request has a deadline from its first byte to the last of its answer.
 *
 * <p><b>Threading.</b> One thread accepts, one more for each connection.
 */
public final class HttpPort implements AutoCloseable {
  private static final String CLOCK = "osteon.clock";

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final String name;
  private final Limits limits;
  private final PeerQuota connections;
  private final Watchdog watchdog;
  private final ThreadPoolExecutor threads;
  private final HttpService service;

  /**
   * What peers may take.
   *
   * @param connections of all
   * @param connectionsOfPeer of one address
   * @param header how long a connection may take to say what it wants, from its beginning or from
   *     the last answer
   * @param request how long a request may take behind its header, with its answer
   * @param tls null for plain connections
   */
  public record Limits(
      int connections,
      int connectionsOfPeer,
      Duration header,
      Duration request,
      @Nullable SSLContext tls) {}

  /** What is done for a request. */
  @FunctionalInterface
  public interface Handler {
    void handle(HttpCall call) throws IOException, InterruptedException;
  }

  /** What a connection must have done by when; one deadline at a time. */
  final class Clock implements AutoCloseable {
    private final Socket plain;
    private Watchdog.Guard guard;

    private Clock(Socket plain) {
      this.plain = plain;
      this.guard = guard(limits.header);
    }

    InetAddress peer() {
      return plain.getInetAddress();
    }

    void within(Duration time) {
      guard.close();
      guard = guard(time);
    }

    private Watchdog.Guard guard(Duration time) {
      // The plain connection: closing that never waits, closing TLS might.
      return watchdog.watch(Deadline.in(time), () -> closeQuietly(plain));
    }

    @Override
    public void close() {
      guard.close();
    }
  }

  private HttpPort(ServerSocket server, String name, Limits limits, Handler handler) {
    this.server = server;
    this.name = name;
    this.limits = limits;
    this.connections = new PeerQuota(limits.connections, limits.connectionsOfPeer);
    this.watchdog = new Watchdog(name + "-watchdog");
    this.threads =
        new ThreadPoolExecutor(
            0,
            limits.connections,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, name));
    HttpRequestHandler answering =
        (request, response, context) -> {
          Clock clock = (Clock) context.getAttribute(CLOCK);
          clock.within(limits.request);
          try {
            handler.handle(new HttpCall(request, response, clock));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The port closes.", e);
          }
        };
    this.service =
        HttpService.builder()
            .withHttpProcessor(
                HttpProcessorBuilder.create()
                    .addAll(new ResponseDate(), new ResponseContent(), new ResponseConnControl())
                    .build())
            .withHttpServerRequestHandler(
                new BasicHttpServerExpectationDecorator(
                    new BasicHttpServerRequestHandler((request, context) -> answering)))
            .build();
  }

  /**
   * Listens from now on.
   *
   * @param name of its threads
   */
  public static HttpPort open(int port, String name, Limits limits, Handler handler)
      throws IOException {
    HttpPort made = new HttpPort(new ServerSocket(port), name, limits, handler);
    daemon(made::accept, name + "-accept").start();
    return made;
  }

  /** The port that is in force, also where 0 was asked for. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        InetAddress peer = socket.getInetAddress();
        PeerQuota.Slot slot = connections.take(peer);
        if (slot == null) {
          socket.close();
          continue;
        }
        open.add(socket);
        try {
          threads.execute(() -> serve(socket, slot));
        } catch (RejectedExecutionException e) {
          open.remove(socket);
          slot.close();
          socket.close();
        }
      } catch (IOException e) {
        // That one never came, or this one listens no more.
      }
    }
  }

  private void serve(Socket socket, PeerQuota.Slot slot) {
    try (socket;
        slot;
        Clock clock = new Clock(socket)) {
      socket.setSoTimeout(Math.toIntExact(limits.request.toMillis()));
      socket.setTcpNoDelay(true);
      DefaultBHttpServerConnection connection = Connections.over(socket, limits.tls);
      HttpCoreContext context = HttpCoreContext.create();
      context.setAttribute(CLOCK, clock);
      while (connection.isOpen() && !server.isClosed()) {
        clock.within(limits.header);
        service.handleRequest(connection, context);
      }
      connection.close(CloseMode.IMMEDIATE);
    } catch (IOException | HttpException e) {
      // The peer went, was too slow or speaks something else.
    } finally {
      open.remove(socket);
    }
  }

  /** Listens no more, and ends what does not end by itself within that time. */
  public void drain(Duration patience) throws InterruptedException {
    closeQuietly(server);
    Deadline deadline = Deadline.in(patience);
    while (!open.isEmpty() && !deadline.passed()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(HttpPort::closeQuietly);
    threads.shutdownNow();
    watchdog.close();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It was to be ended, and it is.
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String toString() {
    return name;
  }
}
