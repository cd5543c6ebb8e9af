package org.osteon.gateway;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.osteon.dimse.ScpSettings;
import org.osteon.fetch.Networks;

/**
 * Several {@code TITLE@NETWORK}; {@code *} is any title.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class GatewayPeers implements ScpSettings.Peers {
  private record Peer(String title, Networks networks) {}

  private final List<Peer> peers = new ArrayList<>();

  /**
   * @throws IllegalArgumentException a network is none
   */
  GatewayPeers(List<String> texts) {
    for (String peer : texts) {
      int at = peer.lastIndexOf('@');
      peers.add(new Peer(peer.substring(0, at), new Networks(List.of(peer.substring(at + 1)))));
    }
  }

  @Override
  public boolean known(InetAddress address) {
    return peers.stream().anyMatch(peer -> peer.networks.names(address));
  }

  @Override
  public boolean allowed(String title, InetAddress address) {
    return peers.stream()
        .anyMatch(
            peer ->
                (peer.title.equals("*") || peer.title.equals(title))
                    && peer.networks.names(address));
  }
}
