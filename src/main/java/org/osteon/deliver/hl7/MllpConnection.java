package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection to a receiver, on which one message at a time waits for its acknowledgement.
 *
 * <p>HAPI's framing, and a socket of our own: HAPI's client would answer a lost acknowledgement
 * with a thread that waits, and write messages to its log.
 *
 * <p><b>Threading.</b> One thread; {@link #close} by any.
 */
final class MllpConnection implements AutoCloseable {
  private final Socket socket;
  private final BoundedInput input;
  private final MinLLPReader reader;
  private final MinLLPWriter writer;

  private MllpConnection(Socket socket, Hl7Settings settings, Duration patience)
      throws IOException {
    this.socket = socket;
    this.input = new BoundedInput(socket.getInputStream(), patience);
    this.reader = new MinLLPReader(input, settings.charset());
    this.writer = new MinLLPWriter(socket.getOutputStream(), settings.charset());
  }

  /**
   * @param patience to connect, and for each acknowledgement
   * @throws IOException nothing listens, or TLS does not come about
   */
  static MllpConnection open(Hl7Settings settings, Duration patience) throws IOException {
    int millis = (int) Math.min(Integer.MAX_VALUE, patience.toMillis());
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), millis);
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      if (settings.tls() != null) {
        SSLSocket secured =
            (SSLSocket)
                settings
                    .tls()
                    .getSocketFactory()
                    .createSocket(socket, settings.host(), settings.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
      }
      return new MllpConnection(socket, settings, patience);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * @return the answer to it
   * @throws SocketTimeoutException there was none in time
   * @throws IOException the connection ended, or the answer is not framed
   */
  String exchange(String message) throws IOException {
    try {
      input.begin();
      writer.writeMessage(message);
      String answer = reader.getMessage();
      if (answer == null) {
        throw new SocketTimeoutException("no acknowledgement in time");
      }
      return answer;
    } catch (LLPException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
