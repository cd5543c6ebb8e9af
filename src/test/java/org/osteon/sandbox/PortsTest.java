package org.osteon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final int MANY = 300;

  @Test
  void noTwoTakersAreGivenTheSamePortInOneProcessOrInTwo() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      List<Integer> taken = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        taken.add(Ports.take());
      }
      for (int i = 0; i < MANY; i++) {
        taken.add(Integer.parseInt(line(other)));
      }
      assertThat(taken).doesNotHaveDuplicates();
      // It holds them still, though it listens on none.
      assertThat(taken.subList(MANY, 2 * MANY)).noneMatch(Ports::take);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPortThatSomeoneElseListensOnIsNotGiven() throws Exception {
    try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
      assertThat(Ports.take(foreign.getLocalPort())).isFalse();
    }
  }

  /** A port that the kernel chooses must never be one that was taken. */
  @Test
  void thePortsLieOutsideOfThoseThatTheKernelHandsOut() throws Exception {
    Set<Integer> handedOut = new HashSet<>();
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK)));
        handedOut.add(open.get(i).getLocalPort());
      }
    } finally {
      for (ServerSocket each : open) {
        each.close();
      }
    }
    Ports.Range range = Ports.range();
    if (Files.exists(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
      assertThat(handedOut).noneMatch(port -> port >= range.from() && port <= range.to());
    }
  }

  @Test
  void theLargerPartThatTheKernelLeavesOverIsUsedOrAllWhereItLeavesNone() {
    assertThat(Ports.outside(32_768, 60_999)).isEqualTo(new Ports.Range(10_000, 32_767));
    assertThat(Ports.outside(10_500, 40_000)).isEqualTo(new Ports.Range(40_001, 65_535));
    assertThat(Ports.outside(1024, 65_535)).isEqualTo(new Ports.Range(10_000, 65_535));
  }

  private static String line(Process process) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read(); c > '\n'; c = process.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Takes ports, says which, and holds them until it is ended. */
  static final class Taker {
    public static void main(String[] arguments) throws Exception {
      StringBuilder taken = new StringBuilder();
      for (int i = 0; i < MANY; i++) {
        taken.append(Ports.take()).append('\n');
      }
      System.out.write(taken.toString().getBytes(StandardCharsets.US_ASCII));
      System.out.flush();
      Thread.currentThread().join();
    }

    private Taker() {}
  }
}
