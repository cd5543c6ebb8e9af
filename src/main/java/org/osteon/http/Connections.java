package org.osteon.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Connections of an {@link HttpPort}: how much of a header is read. */
final class Connections {
  private static final int MOST_HEADERS = 64;
  private static final int LONGEST_LINE = 8192;
  private static final int BUFFER = 16 * 1024;

  private Connections() {}

  /** Speaks HTTP/1.1 over a connection, and TLS where there is a context for it. */
  static DefaultBHttpServerConnection over(Socket socket, @Nullable SSLContext tls)
      throws IOException {
    DefaultBHttpServerConnectionFactory factory =
        DefaultBHttpServerConnectionFactory.builder()
            .http1Config(
                Http1Config.custom()
                    .setMaxHeaderCount(MOST_HEADERS)
                    .setMaxLineLength(LONGEST_LINE)
                    .setMaxEmptyLineCount(4)
                    .setBufferSize(BUFFER)
                    .build())
            .build();
    if (tls == null) {
      return factory.createConnection(socket);
    }
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return factory.createConnection(secure, socket);
  }
}
