package org.osteon.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.Uid;

/** A sender by hand, which may break every rule. */
final class RawPeer {
  private RawPeer() {}

  /** Sends on and on, and returns the first byte that comes back; negative where none does. */
  static int drip(Socket socket, byte[] begin, byte[] drop) throws Exception {
    socket.getOutputStream().write(begin);
    socket.setSoTimeout(50);
    while (true) {
      try {
        return socket.getInputStream().read();
      } catch (SocketTimeoutException nothingYet) {
        try {
          socket.getOutputStream().write(drop);
        } catch (IOException closed) {
          return -2;
        }
      } catch (IOException closed) {
        return -2;
      }
    }
  }

  static byte[] value(int control, byte[] bytes) {
    return ByteBuffer.allocate(6 + bytes.length)
        .putInt(bytes.length + 2)
        .put((byte) 1)
        .put((byte) control)
        .put(bytes)
        .array();
  }

  /** An association, whose accept was read. */
  static Socket accepted(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.getOutputStream().write(request());
    Pdu answer = Pdu.read(socket.getInputStream());
    assertThat(answer).isNotNull();
    assertThat(answer.type()).isEqualTo(Pdu.ASSOCIATE_AC);
    return socket;
  }

  /** An A-ASSOCIATE-RQ with one context, verification in implicit little endian. */
  static byte[] request() {
    AssociateRequest wanted =
        new AssociateRequest(
            1,
            "OSTEON",
            "TEST",
            Uid.APPLICATION_CONTEXT,
            List.of(
                new AssociateRequest.Context(
                    1, Uid.VERIFICATION, List.of(Uid.IMPLICIT_LITTLE_ENDIAN))),
            0);
    // An accept differs from a request in the items of its contexts alone.
    byte[] accept = Negotiation.of(wanted, Set.of(), Set.of(Uid.IMPLICIT_LITTLE_ENDIAN)).accept();
    accept[0] = Pdu.ASSOCIATE_RQ;
    for (int i = 74; i < accept.length; i++) {
      if (accept[i] == 0x21) {
        accept[i] = 0x20;
        break;
      }
    }
    return accept;
  }
}
