package org.osteon.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to addresses that may be connected to. The client connects to what this returns
 * and does not ask again, so a name that answers differently the second time gains nothing.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class CheckedResolver implements DnsResolver {
  private final Networks networks;
  private final Lookup lookup;

  CheckedResolver(Networks networks, Lookup lookup) {
    this.networks = networks;
    this.lookup = lookup;
  }

  /** Asks a name server, {@link InetAddress#getAllByName}. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** A name that leads inside. */
  static final class InsideException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    InsideException() {
      super("leads to an address inside");
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookup.of(host);
    for (InetAddress address : addresses) {
      if (!networks.allows(address)) {
        throw new InsideException();
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
