package org.osteon.dimse;

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
import org.osteon.limit.LogLines;
import org.osteon.limit.PeerQuota;
import org.osteon.limit.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage service class provider: C-STORE and C-ECHO for many peers at once.
 *
 * <p><b>Threading.</b> One thread accepts, one more for each association.
 */
public final class StorageScp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  /** Connections that have asked for no association yet, or hear that there are too many. */
  private static final int UNACCEPTED = 128;

  private static final int UNACCEPTED_OF_PEER = 32;
  private static final int LINES_A_SECOND = 10;

  private final Set<Association> open = ConcurrentHashMap.newKeySet();
  private final ScpSettings settings;
  private final StorageHandler handler;
  private final PeerQuota connections = new PeerQuota(UNACCEPTED, UNACCEPTED_OF_PEER);
  private final Bounds bounds;
  private final ServerSocket server;
  private final ThreadPoolExecutor threads;

  private StorageScp(ScpSettings settings, StorageHandler handler) throws IOException {
    this.settings = settings;
    this.handler = handler;
    ScpSettings.Limits limits = settings.limits();
    this.bounds =
        new Bounds(
            new PeerQuota(limits.associations(), limits.associationsOfPeer()),
            new PeerQuota(limits.dataSets(), (limits.dataSets() + 1) / 2),
            new Watchdog("osteon-association-watchdog"),
            new LogLines(LINES_A_SECOND));
    this.server = new ServerSocket(settings.port());
    this.threads =
        new ThreadPoolExecutor(
            0,
            limits.associations() + UNACCEPTED,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "osteon-association"));
  }

  /** Listens from now on. */
  public static StorageScp start(ScpSettings settings, StorageHandler handler) throws IOException {
    StorageScp scp = new StorageScp(settings, handler);
    daemon(scp::accept, "osteon-dicom").start();
    return scp;
  }

  /** The port that is in force, also where 0 was asked for. */
  public int port() {
    return server.getLocalPort();
  }

  /**
   * Accepts no new peers, and lets instances that are being stored come to their answer.
   *
   * @param patience how long they may take
   */
  public void drain(Duration patience) throws IOException, InterruptedException {
    server.close();
    long end = System.nanoTime() + patience.toNanos();
    while (open.stream().anyMatch(Association::isBusy) && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("Closing failed", e);
    }
    open.forEach(Association::close);
    threads.shutdownNow();
    bounds.watchdog().close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        InetAddress peer = socket.getInetAddress();
        boolean known = settings.peers().known(peer);
        PeerQuota.Slot slot = known ? connections.take(peer) : null;
        if (slot == null) {
          String what =
              known
                  ? "has too many connections that ask for nothing"
                  : "is no peer of gateway.peers";
          bounds.say(() -> LOG.warn("{} {}", peer, what));
          socket.close();
          continue;
        }
        begin(new Association(socket, settings, handler, bounds, slot), socket, slot);
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("A connection could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private void begin(Association association, Socket socket, PeerQuota.Slot slot)
      throws IOException {
    open.add(association);
    try {
      threads.execute(
          () -> {
            try {
              association.run();
            } finally {
              open.remove(association);
            }
          });
    } catch (RejectedExecutionException e) {
      open.remove(association);
      slot.close();
      socket.close();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
