package org.osteon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports on the loopback address. */
public final class Ports {
  /** Where everything of the demo listens: nothing of it is reachable from outside. */
  public static final String LOOPBACK = "127.0.0.1";

  /**
   * @return a port that was free a moment ago
   */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + LOOPBACK + ".", e);
    }
  }

  private Ports() {}
}
