package org.osteon.dimse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who stores.
 *
 * @param host its name or address
 * @param port its port
 * @param called its AE title
 * @param calling our AE title
 * @param patience how long it may take to connect, and to answer each request
 * @param tls null for a plain connection
 */
public record Peer(
    String host,
    int port,
    String called,
    String calling,
    Duration patience,
    @Nullable SSLContext tls) {
  /**
   * A connection to it, over TLS where that is wanted: its certificate must be of its host.
   *
   * @throws IOException it is away, or cannot show who it is
   */
  Socket connect() throws IOException {
    int millis = Math.toIntExact(patience.toMillis());
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), millis);
      plain.setSoTimeout(millis);
      plain.setTcpNoDelay(true);
      return tls == null ? plain : secure(tls, plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secure(SSLContext context, Socket plain) throws IOException {
    SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
