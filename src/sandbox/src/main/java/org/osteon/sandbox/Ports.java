package org.osteon.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ports on the loopback address for servers that must be told theirs before they start.
 *
 * <p>A port that was only looked for is anyone's until it is bound, and again while its server is
 * down. So a port is taken instead: it lies outside the range from which the kernel gives ports to
 * callers that ask for any, and a locked file keeps every other process of this program off it
 * until this one ends, whichever way that is.
 *
 * <p><b>Threading.</b> Any.
 */
public final class Ports {
  /** Where everything of the demo listens: nothing of it is reachable from outside. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Linux says here which ports it hands out, first and last. */
  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Below are ports of well-known servers. */
  private static final int LOWEST = 10_000;

  private static final int LARGEST = 65_535;

  /** Where the kernel hands out nearly all ports, the locks alone must do. */
  private static final int FEWEST = 1_000;

  /** Never closed: the locks are to be held until the process ends. */
  private static final Map<Integer, FileLock> TAKEN = new HashMap<>();

  /**
   * Takes a port for as long as this process lives.
   *
   * @return one that nothing listens on and that no other call, here or elsewhere, is given
   */
  public static int take() {
    Range range = range();
    int first = ThreadLocalRandom.current().nextInt(range.size());
    for (int i = 0; i < range.size(); i++) {
      int port = range.from() + (first + i) % range.size();
      if (take(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port on " + LOOPBACK + ".");
  }

  /**
   * @return whether this port was free and is this process's from now on
   */
  static synchronized boolean take(int port) {
    if (TAKEN.containsKey(port)) {
      return false;
    }
    FileLock lock = lock(port);
    if (lock == null) {
      return false;
    }
    TAKEN.put(port, lock);
    // Its listener knows nothing of the locks; the port stays taken, as it is of no use.
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  /** Which ports are handed out by {@link #take()}. */
  static Range range() {
    try (InputStream in = Files.newInputStream(EPHEMERAL)) {
      // In one go: a second read of such a file gives nothing.
      byte[] line = new byte[64];
      int length = Math.max(0, in.read(line));
      String[] ephemeral =
          new String(line, 0, length, StandardCharsets.US_ASCII).trim().split("\\s+");
      return outside(Integer.parseInt(ephemeral[0]), Integer.parseInt(ephemeral[1]));
    } catch (IOException notLinux) {
      // IANA's range, which other systems use.
      return outside(49_152, LARGEST);
    }
  }

  /** The larger part of what the kernel leaves over. */
  static Range outside(int firstEphemeral, int lastEphemeral) {
    Range below = new Range(LOWEST, firstEphemeral - 1);
    Range above = new Range(lastEphemeral + 1, LARGEST);
    Range larger = below.size() >= above.size() ? below : above;
    return larger.size() >= FEWEST ? larger : new Range(LOWEST, LARGEST);
  }

  /** Ports from one to another, both among them. */
  record Range(int from, int to) {
    int size() {
      return to - from + 1;
    }
  }

  private static @Nullable FileLock lock(int port) {
    try {
      // Another user may not write to this one's folder, but may not lack one either.
      Path folder =
          Path.of(System.getProperty("java.io.tmpdir"))
              .resolve("osteon-ports-" + System.getProperty("user.name"));
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException heldByAnotherClassLoader) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Ports cannot be taken: " + e.getMessage(), e);
    }
  }

  private Ports() {}
}
