package org.osteon.dimse;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS over connections that were accepted: a peer that greets slowly keeps no other waiting. */
final class Tls {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Tls() {}

  /** The same connection where there is no TLS; it greets when it is read from. */
  static Socket over(Socket plain, ScpSettings settings) throws IOException {
    SSLContext tls = settings.tls();
    if (tls == null) {
      return plain;
    }
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    secure.setUseClientMode(false);
    secure.setEnabledProtocols(PROTOCOLS);
    secure.setNeedClientAuth(settings.clientCertificates());
    return secure;
  }
}
