package org.osteon.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses may be connected to: all public ones, and of the others those that the
 * configuration names.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Networks {
  /** What no public host has, beside what {@link InetAddress} itself can tell. */
  private static final List<Network> SPECIAL =
      List.of(
          Network.of("0.0.0.0/8"),
          Network.of("100.64.0.0/10"),
          Network.of("192.0.0.0/24"),
          Network.of("192.0.2.0/24"),
          Network.of("192.88.99.0/24"),
          Network.of("198.18.0.0/15"),
          Network.of("198.51.100.0/24"),
          Network.of("203.0.113.0/24"),
          Network.of("240.0.0.0/4"),
          Network.of("::/96"),
          Network.of("64:ff9b::/96"),
          Network.of("64:ff9b:1::/48"),
          Network.of("100::/64"),
          Network.of("2001::/23"),
          Network.of("2001:db8::/32"),
          Network.of("2002::/16"),
          Network.of("fc00::/7"));

  private final List<Network> allowed = new ArrayList<>();

  /**
   * @param allowed in CIDR notation, {@code 10.20.0.0/16}
   * @throws IllegalArgumentException one is no network
   */
  public Networks(List<String> allowed) {
    allowed.forEach(each -> this.allowed.add(Network.of(each)));
  }

  /**
   * @throws IllegalArgumentException one is no network
   */
  static void check(List<String> networks) {
    networks.forEach(Network::of);
  }

  /** Whether one of the networks that are named has the address. */
  public boolean names(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.has(address));
  }

  boolean allows(InetAddress address) {
    boolean inside =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress()
            || SPECIAL.stream().anyMatch(network -> network.has(address));
    return !inside || names(address);
  }

  /** A range of addresses. */
  @SuppressWarnings("ArrayRecordComponent") // never handed out
  private record Network(byte[] base, int bits) {
    static Network of(String cidr) {
      int slash = cidr.indexOf('/');
      String host = slash < 0 ? cidr : cidr.substring(0, slash);
      if (!host.matches("[0-9.]+") && !host.contains(":")) {
        throw new IllegalArgumentException(cidr + " is no network: write it as 10.20.0.0/16.");
      }
      try {
        // Digits and colons only, so nothing is asked of a name server.
        byte[] base = InetAddress.getByName(host).getAddress();
        int bits = slash < 0 ? base.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > base.length * 8) {
          throw new IllegalArgumentException(cidr + " is no network: its prefix is too long.");
        }
        return new Network(base, bits);
      } catch (UnknownHostException | NumberFormatException e) {
        throw new IllegalArgumentException(cidr + " is no network: write it as 10.20.0.0/16.", e);
      }
    }

    boolean has(InetAddress address) {
      byte[] bytes = address.getAddress();
      // An IPv4 address that came as IPv6 is IPv4 to Java, so the lengths tell the families apart.
      boolean same = bytes.length == base.length;
      for (int i = 0; same && i < bits; i++) {
        int mask = 0x80 >> i % 8;
        same = (bytes[i / 8] & mask) == (base[i / 8] & mask);
      }
      return same;
    }
  }
}
