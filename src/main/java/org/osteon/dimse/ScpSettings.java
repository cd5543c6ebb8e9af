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
 * @param maxDataSetBytes larger data sets are refused
 * @param maxAssociations at once; further ones are rejected for the moment
 * @param maxDataSets that are held in memory at once
 * @param idle how long a peer may be silent
 * @param tls null for plain connections
 * @param clientCertificates whether the peer must show one that is trusted
 */
public record ScpSettings(
    int port,
    Set<String> titles,
    Peers peers,
    Set<String> sopClasses,
    Set<String> transferSyntaxes,
    long maxDataSetBytes,
    int maxAssociations,
    int maxDataSets,
    Duration idle,
    @Nullable SSLContext tls,
    boolean clientCertificates) {

  /** Who may call. */
  public interface Peers {
    /** Whether anyone at this address may. */
    boolean known(InetAddress address);

    /** Whether this title may from this address. */
    boolean allowed(String title, InetAddress address);
  }
}
