package org.osteon.dimse;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.pdu.AssociateAccept;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.AssociateRequest.Context;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.ProtocolException;
import org.osteon.dimse.pdu.Uid;
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
  private Commitment.@Nullable Report report;

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
    Socket socket = peer.connect();
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
    Context context = context(sopClass, transferSyntax);
    int message = ++messages & 0xFFFF;
    write(context.id(), true, CommandSet.storeRequest(message, sopClass, sopInstance));
    write(context.id(), false, dataSet);
    out.flush();
    CommandSet answer = ScuMessages.next(this::next).command();
    if (answer.field() != (CommandSet.C_STORE_RQ | CommandSet.RESPONSE)
        || answer.respondedId() != message) {
      throw otherAnswer();
    }
    return answer.status();
  }

  /**
   * N-ACTION of storage commitment: whether the peer will say what it keeps.
   *
   * @param transaction UID that was never used before
   * @param instances SOP class by SOP Instance UID
   * @return what it says of being asked
   * @throws IOException it said nothing
   */
  public StoreStatus requestCommitment(String transaction, Map<String, String> instances)
      throws IOException {
    int context = context(Commitment.SOP_CLASS, Uid.IMPLICIT_LITTLE_ENDIAN).id();
    int message = ++messages & 0xFFFF;
    write(context, true, CommandSet.commitmentRequest(message));
    write(context, false, Commitment.request(transaction, instances));
    out.flush();
    while (true) {
      ScuMessages.Message answer = ScuMessages.next(this::next);
      // Nothing forbids a peer to report before it answers.
      if (answer.command().field() == CommandSet.N_EVENT_REPORT_RQ) {
        reported(answer);
      } else if (answer.command().field() == (CommandSet.N_ACTION_RQ | CommandSet.RESPONSE)
          && answer.command().respondedId() == message) {
        return answer.command().status();
      } else {
        throw otherAnswer();
      }
    }
  }

  /**
   * The report of what was asked for, where the peer gives it on this association.
   *
   * @param most how long to wait for it
   * @throws java.net.SocketTimeoutException it did not come
   * @throws IOException the association ended
   */
  public Commitment.Report awaitReport(Duration most) throws IOException {
    Deadline deadline = Deadline.in(most);
    while (true) {
      Commitment.Report here = report;
      if (here != null) {
        report = null;
        return here;
      }
      ScuMessages.Message message = ScuMessages.next(() -> next(deadline));
      if (message.command().field() != CommandSet.N_EVENT_REPORT_RQ) {
        throw otherAnswer();
      }
      reported(message);
    }
  }

  private void reported(ScuMessages.Message message) throws IOException {
    report = Commitment.report(message.dataSet());
    write(message.context(), true, message.command().response(StoreStatus.SUCCESS));
    out.flush();
  }

  private static ProtocolException otherAnswer() {
    return new ProtocolException(ProtocolException.UNEXPECTED_PDU, "An answer to something else");
  }

  private Context context(String sopClass, String transferSyntax) {
    return proposed.stream()
        .filter(each -> each.abstractSyntax().equals(sopClass))
        .filter(each -> each.transferSyntaxes().contains(transferSyntax))
        .filter(each -> accepted.accepted().containsKey(each.id()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("A context that was not accepted"));
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
    return next(Deadline.in(patience));
  }

  private Pdu next(Deadline deadline) throws IOException {
    timed.until(deadline);
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
}
