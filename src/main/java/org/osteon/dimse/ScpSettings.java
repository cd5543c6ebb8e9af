package org.osteon.dimse;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A storage provider.
 *
 * @param port 0 for a free one
 * @param titles AE titles by which it may be called
 * @param peers who may call
 * @param sopClasses what may be stored
 * @param transferSyntaxes in which
 * @param limits what peers may take
 * @param tls null for plain connections
 * @param clientCertificates whether the peer must show one that is trusted
 */
public record ScpSettings(
    int port,
    Set<String> titles,
    Peers peers,
    Set<String> sopClasses,
    Set<String> transferSyntaxes,
    Limits limits,
    @Nullable SSLContext tls,
    boolean clientCertificates) {

  /**
   * What peers may take.
   *
   * @param dataSetBytes larger data sets are refused
   * @param associations at once; further ones are rejected for the moment
   * @param associationsOfPeer those of one address
   * @param dataSets that are held in memory at once; of one address half of them, and one at least
   * @param idle how long a peer may be silent; within it, a request for an association and each PDU
   *     must be here from the first byte to the last
   * @param receive how long a message may take from its first byte to its last
   */
  public record Limits(
      long dataSetBytes,
      int associations,
      int associationsOfPeer,
      int dataSets,
      Duration idle,
      Duration receive) {}

  /** Who may call. */
  public interface Peers {
    /** Whether anyone at this address may. */
    boolean known(InetAddress address);

    /** Whether this title may from this address. */
    boolean allowed(String title, InetAddress address);
  }
}
