package org.osteon.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.ProtocolException;
import org.osteon.dimse.pdu.Uid;

/** Storage commitment on the association on which it was asked for, with a peer made by hand. */
class CommitmentTest {
  private static final Map<String, String> ASKED =
      Map.of("2.25.1", "1.2.840.1", "2.25.2", "1.2.840.1");

  /** What a peer does once it was asked. */
  private enum Habit {
    ANSWERS_THEN_REPORTS,
    REPORTS_THEN_ANSWERS,
    ONLY_ANSWERS
  }

  @Test
  void aReportComesOnTheSameAssociationBeforeOrBehindTheAnswer() throws Exception {
    for (Habit habit : List.of(Habit.ANSWERS_THEN_REPORTS, Habit.REPORTS_THEN_ANSWERS)) {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        CompletableFuture<List<CommandSet>> heard = peer(server, habit);
        try (StorageScu scu = open(server)) {
          assertThat(scu.requestCommitment("2.25.77", ASKED).stored()).isTrue();
          Commitment.Report report = scu.awaitReport(Duration.ofSeconds(20));
          assertThat(report.transaction()).isEqualTo("2.25.77");
          assertThat(report.committed()).containsExactly("2.25.1");
          assertThat(report.failed()).isEqualTo(Map.of("2.25.2", 0x0112));
        }
        List<CommandSet> commands = heard.get(20, TimeUnit.SECONDS);
        assertThat(commands.get(0).field()).isEqualTo(CommandSet.N_ACTION_RQ);
        assertThat(commands.get(1).field())
            .isEqualTo(CommandSet.N_EVENT_REPORT_RQ | CommandSet.RESPONSE);
        assertThat(commands.get(1).status().stored()).isTrue();
      }
    }
  }

  @Test
  void aReportThatDoesNotComeIsNotWaitedForForEver() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      peer(server, Habit.ONLY_ANSWERS);
      try (StorageScu scu = open(server)) {
        assertThat(scu.requestCommitment("2.25.77", ASKED).stored()).isTrue();
        assertThatThrownBy(() -> scu.awaitReport(Duration.ofMillis(300)))
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void aReportThatContradictsItselfIsNone() throws Exception {
    byte[] whole = report(true);
    assertThat(Commitment.report(whole).committed()).containsExactly("2.25.1");
    assertThat(Commitment.report(report(false))).isEqualTo(Commitment.report(whole));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertThat(Commitment.report(cut).committed().size()).isLessThanOrEqualTo(1);
      } catch (ProtocolException e) {
        assertThat(e).hasMessageContaining("contradicts itself");
      }
    }
  }

  private static StorageScu open(ServerSocket server) throws IOException {
    Peer peer =
        new Peer(
            "127.0.0.1", server.getLocalPort(), "ARCHIVE", "OSTEON", Duration.ofSeconds(20), null);
    return StorageScu.open(peer, Map.of(Commitment.SOP_CLASS, List.of(Uid.IMPLICIT_LITTLE_ENDIAN)));
  }

  /** Takes one association; ends with the commands that it heard. */
  private static CompletableFuture<List<CommandSet>> peer(ServerSocket server, Habit habit) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<CommandSet> heard = new ArrayList<>();
          try (Socket socket = server.accept()) {
            Pdu request = Objects.requireNonNull(Pdu.read(socket.getInputStream()));
            send(
                socket,
                Negotiation.of(
                        AssociateRequest.parse(request.body()),
                        Set.of(Commitment.SOP_CLASS),
                        Set.of(Uid.IMPLICIT_LITTLE_ENDIAN))
                    .accept());
            heard.add(message(socket));
            byte[] answer = heard.get(0).response(StoreStatus.SUCCESS);
            if (habit == Habit.REPORTS_THEN_ANSWERS) {
              tell(socket);
              heard.add(message(socket));
            }
            send(socket, Pdu.values(1, answer, 1 << 14));
            if (habit == Habit.ANSWERS_THEN_REPORTS) {
              tell(socket);
              heard.add(message(socket));
            }
            while (true) {
              Pdu last = Pdu.read(socket.getInputStream());
              if (last == null || last.type() == Pdu.RELEASE_RQ) {
                send(socket, Pdu.releaseReply());
                return heard;
              }
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static CommandSet message(Socket socket) throws IOException {
    return ScuMessages.next(() -> Objects.requireNonNull(Pdu.read(socket.getInputStream())))
        .command();
  }

  private static void tell(Socket socket) throws IOException {
    TreeMap<Integer, byte[]> command = new TreeMap<>();
    command.put(0x0002, uid(Commitment.SOP_CLASS));
    command.put(0x0100, number(CommandSet.N_EVENT_REPORT_RQ));
    command.put(0x0110, number(9));
    command.put(0x0800, number(0));
    command.put(0x1000, uid(Commitment.INSTANCE));
    command.put(0x1002, number(2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    command.forEach((element, value) -> bytes.writeBytes(element(element, value)));
    send(socket, Pdu.values(1, bytes.toByteArray(), 1 << 14));
    byte[] data = report(true);
    ByteBuffer value = ByteBuffer.allocate(6 + data.length);
    value.putInt(data.length + 2).put((byte) 1).put((byte) 2).put(data);
    send(socket, Pdu.bytes(Pdu.P_DATA, value.array()));
  }

  /**
   * One is kept, one is not.
   *
   * @param defined whether sequences and items say how long they are
   */
  private static byte[] report(boolean defined) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(element(0x0008_1195, uid("2.25.77")));
    byte[] failure = element(0x0008_1197, number(0x0112));
    all.writeBytes(sequence(0x0008_1198, defined, item("2.25.2"), failure));
    all.writeBytes(sequence(0x0008_1199, defined, item("2.25.1"), new byte[0]));
    return all.toByteArray();
  }

  private static byte[] item(String instance) {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    item.writeBytes(element(0x0008_1150, uid("1.2.840.1")));
    item.writeBytes(element(0x0008_1155, uid(instance)));
    return item.toByteArray();
  }

  private static byte[] sequence(int tag, boolean defined, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    if (defined) {
      return element(tag, element(0xFFFE_E000, content.toByteArray()));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head(tag, -1));
    all.writeBytes(head(0xFFFE_E000, -1));
    all.writeBytes(content.toByteArray());
    all.writeBytes(head(0xFFFE_E00D, 0));
    all.writeBytes(head(0xFFFE_E0DD, 0));
    return all.toByteArray();
  }

  private static byte[] element(int tag, byte[] value) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head(tag, value.length));
    all.writeBytes(value);
    return all.toByteArray();
  }

  private static byte[] head(int tag, int length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .putInt(length)
        .array();
  }

  private static byte[] uid(String uid) {
    byte[] bytes = uid.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }

  private static byte[] number(int value) {
    return new byte[] {(byte) value, (byte) (value >>> 8)};
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }
}
