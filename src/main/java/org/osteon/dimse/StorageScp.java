package org.osteon.dimse;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage service class provider: C-STORE and C-ECHO for many peers at once.
 *
 * <p><b>Threading.</b> One thread accepts, one more for each association.
 */
public final class StorageScp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  /** Beyond the associations that are served, so that the next ones hear that they are too many. */
  private static final int REJECTING_THREADS = 8;

  private final Set<Association> open = ConcurrentHashMap.newKeySet();
  private final ScpSettings settings;
  private final StorageHandler handler;
  private final Semaphore associations;
  private final Semaphore room;
  private final ServerSocket server;
  private final ThreadPoolExecutor threads;

  private StorageScp(ScpSettings settings, StorageHandler handler) throws IOException {
    this.settings = settings;
    this.handler = handler;
    this.associations = new Semaphore(settings.maxAssociations());
    this.room = new Semaphore(settings.maxDataSets(), true);
    this.server = listen(settings);
    this.threads =
        new ThreadPoolExecutor(
            0,
            settings.maxAssociations() + REJECTING_THREADS,
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
   * Accepts nobody any more, and lets instances that are being stored come to their answer.
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
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (!settings.peers().known(socket.getInetAddress())) {
          LOG.warn("{} is no peer of gateway.peers", socket.getInetAddress());
          socket.close();
          continue;
        }
        begin(new Association(socket, settings, handler, associations, room), socket);
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("A connection could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private void begin(Association association, Socket socket) throws IOException {
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
      socket.close();
    }
  }

  private static ServerSocket listen(ScpSettings settings) throws IOException {
    SSLContext tls = settings.tls();
    if (tls == null) {
      return new ServerSocket(settings.port());
    }
    SSLServerSocket secure =
        (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(settings.port());
    secure.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secure.setNeedClientAuth(settings.clientCertificates());
    return secure;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
