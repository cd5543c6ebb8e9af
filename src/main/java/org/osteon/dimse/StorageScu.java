package org.osteon.dimse;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.osteon.dimse.AssociateRequest.Context;
import org.osteon.limit.Deadline;
import org.osteon.limit.TimedInput;

/**
 * A storage service class user: one association, over which instances are sent one after another.
 * Every transfer syntax is proposed in a context of its own, so that the peer says of each whether
 * it takes it (PS3.8 section 9.3.2.2).
 *
 * <p><b>Threading.</b> One thread.
 */
public final class StorageScu implements AutoCloseable {
  private final Socket socket;
  private final Duration patience;
  private final TimedInput timed;
  private final InputStream in;
  private final OutputStream out;
  private final List<Context> proposed;
  private final AssociateAccept accepted;
  private int messages;

  private StorageScu(Peer peer, Socket socket, List<Context> proposed) throws IOException {
    this.socket = socket;
    this.proposed = proposed;
    this.patience = peer.patience();
    this.timed = new TimedInput(socket, patience);
    this.in = new BufferedInputStream(timed, 1 << 16);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    out.write(AssociateRequest.bytes(peer.called(), peer.calling(), proposed));
    out.flush();
    Pdu answer = next();
    if (answer.type() == Pdu.ASSOCIATE_RJ && answer.body().length >= 4) {
      throw new RejectedException(answer.body()[1], answer.body()[2], answer.body()[3]);
    }
    if (answer.type() != Pdu.ASSOCIATE_AC) {
      throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "PDU " + answer.type());
    }
    this.accepted = AssociateAccept.parse(answer.body());
  }

  /**
   * Asks for an association.
   *
   * @param wanted transfer syntaxes by SOP class, those that we can write
   * @throws RejectedException the peer wants none
   * @throws IOException it is away, or breaks the protocol
   */
  public static StorageScu open(Peer peer, Map<String, List<String>> wanted) throws IOException {
    List<Context> proposed = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : new TreeMap<>(wanted).entrySet()) {
      for (String syntax : each.getValue()) {
        proposed.add(new Context(2 * proposed.size() + 1, each.getKey(), List.of(syntax)));
      }
    }
    Socket socket = connect(peer);
    try {
      return new StorageScu(peer, socket, proposed);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** In which the peer takes instances of that class, of those that were wanted, in their order. */
  public List<String> syntaxes(String sopClass) {
    return proposed.stream()
        .filter(each -> each.abstractSyntax().equals(sopClass))
        .filter(each -> accepted.accepted().containsKey(each.id()))
        .map(each -> each.transferSyntaxes().get(0))
        .toList();
  }

  /**
   * C-STORE.
   *
   * @param transferSyntax of the data set, one of {@link #syntaxes}
   * @param dataSet without meta header
   * @return what the peer says of it
   * @throws IOException it said nothing, and may or may not have stored it
   */
  public StoreStatus store(
      String sopClass, String sopInstance, String transferSyntax, byte[] dataSet)
      throws IOException {
    Context context =
        proposed.stream()
            .filter(each -> each.abstractSyntax().equals(sopClass))
            .filter(each -> each.transferSyntaxes().contains(transferSyntax))
            .filter(each -> accepted.accepted().containsKey(each.id()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("A context that was not accepted"));
    int message = ++messages & 0xFFFF;
    write(context.id(), true, CommandSet.storeRequest(message, sopClass, sopInstance));
    write(context.id(), false, dataSet);
    out.flush();
    CommandSet answer = answer();
    if (answer.field() != (CommandSet.C_STORE_RQ | CommandSet.RESPONSE)
        || answer.respondedId() != message) {
      throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "An answer to something else");
    }
    return answer.status();
  }

  private CommandSet answer() throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    while (true) {
      Pdu pdu = next();
      if (pdu.type() != Pdu.P_DATA) {
        throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "PDU " + pdu.type());
      }
      ByteBuffer values = ByteBuffer.wrap(pdu.body());
      while (values.remaining() >= 6) {
        int length = values.getInt() - 2;
        values.get();
        int control = values.get();
        if (length < 0 || length > values.remaining() || (control & 1) == 0) {
          throw new ProtocolException(
              ProtocolException.INVALID_PARAMETER, "An answer that is no command");
        }
        command.write(values.array(), values.position(), length);
        values.position(values.position() + length);
        if (command.size() > CommandSet.LONGEST) {
          throw new ProtocolException(ProtocolException.INVALID_PARAMETER, "An endless command");
        }
        if ((control & 2) != 0) {
          return CommandSet.parseResponse(command.toByteArray());
        }
      }
    }
  }

  /** In as many P-DATA as the peer's longest asks for (PS3.8 annex D.1). */
  private void write(int context, boolean command, byte[] bytes) throws IOException {
    long limit = accepted.maxLength() == 0 ? Pdu.LONGEST_DATA : accepted.maxLength();
    int fragment = (int) Math.max(64, Math.min(limit, Pdu.LONGEST_DATA)) - 6;
    int at = 0;
    do {
      int length = Math.min(fragment, bytes.length - at);
      boolean last = at + length == bytes.length;
      ByteBuffer value = ByteBuffer.allocate(6 + length);
      value.putInt(length + 2).put((byte) context);
      value.put((byte) ((command ? 1 : 0) | (last ? 2 : 0))).put(bytes, at, length);
      out.write(Pdu.bytes(Pdu.P_DATA, value.array()));
      at += length;
    } while (at < bytes.length);
  }

  private Pdu next() throws IOException {
    // From the first byte to the last: an archive that drips is one that does not answer.
    timed.until(Deadline.in(patience));
    Pdu pdu = Pdu.read(in);
    if (pdu == null) {
      throw new IOException("The peer closed the connection without an answer.");
    }
    if (pdu.type() == Pdu.ABORT) {
      throw new IOException("The peer aborted the association.");
    }
    return pdu;
  }

  /** Releases the association. */
  @Override
  public void close() {
    try (socket) {
      out.write(Pdu.bytes(Pdu.RELEASE_RQ, new byte[4]));
      out.flush();
      timed.until(Deadline.in(patience));
      Pdu.read(in);
    } catch (IOException e) {
      // What was stored is stored; that the peer hears no good-bye changes nothing.
    }
  }

  private static Socket connect(Peer peer) throws IOException {
    int patience = Math.toIntExact(peer.patience().toMillis());
    SSLContext tls = peer.tls();
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(peer.host(), peer.port()), patience);
      plain.setSoTimeout(patience);
      plain.setTcpNoDelay(true);
      return tls == null ? plain : secure(tls, plain, peer);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket secure(SSLContext tls, Socket plain, Peer peer) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, peer.host(), peer.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
