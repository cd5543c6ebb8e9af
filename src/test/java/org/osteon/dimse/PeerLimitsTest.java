package org.osteon.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dimse.StorageHandler.Instance;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.Uid;
import org.osteon.testing.Certificates;
import org.osteon.testing.Dcmtk;

/** What one peer can take: places, and time. */
class PeerLimitsTest {
  private static final ScpSettings.Peers ANYONE =
      new ScpSettings.Peers() {
        @Override
        public boolean known(InetAddress address) {
          return true;
        }

        @Override
        public boolean allowed(String title, InetAddress address) {
          return true;
        }
      };

  @TempDir private Path folder;
  private final List<Instance> stored = new CopyOnWriteArrayList<>();
  private Duration idle = Duration.ofSeconds(20);
  private Duration receive = Duration.ofSeconds(60);
  private int associations = 8;
  private int associationsOfPeer = 8;
  private @Nullable SSLContext tls;
  private @Nullable StorageScp scp;

  @AfterEach
  void close() {
    if (scp != null) {
      scp.close();
    }
  }

  @Test
  void whoAsksForNothingTakesNoPlace() throws Exception {
    Dcmtk.require("echoscu");
    associations = 1;
    idle = Duration.ofMinutes(5);
    int port = start();
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(new Socket("127.0.0.1", port));
    }
    assertThat(Dcmtk.run("echoscu", "-aec", "OSTEON", "127.0.0.1", Integer.toString(port)).status())
        .isZero();
    for (Socket each : silent) {
      each.close();
    }
  }

  @Test
  void onePeerLeavesPlacesToOthers() throws Exception {
    associations = 4;
    associationsOfPeer = 2;
    idle = Duration.ofMinutes(5);
    int port = start();
    List<Socket> open = new ArrayList<>();
    open.add(RawPeer.accepted(port));
    open.add(RawPeer.accepted(port));
    try (Socket third = new Socket("127.0.0.1", port)) {
      third.getOutputStream().write(RawPeer.request());
      assertThat(third.getInputStream().read()).isEqualTo(Pdu.ASSOCIATE_RJ);
    }
    try (Socket other = new Socket()) {
      other.bind(new InetSocketAddress("127.0.0.2", 0));
      other.connect(new InetSocketAddress("127.0.0.1", port));
      other.getOutputStream().write(RawPeer.request());
      assertThat(other.getInputStream().read()).isEqualTo(Pdu.ASSOCIATE_AC);
    }
    for (Socket each : open) {
      each.close();
    }
  }

  /** One byte now and then, without end: the request, a PDU, a data set, a handshake. */
  @Test
  void whatDripsIsAbortedAtItsDeadline() throws Exception {
    idle = Duration.ofMillis(1500);
    receive = Duration.ofSeconds(4);
    int port = start();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      assertThat(RawPeer.drip(socket, new byte[] {1, 0, 0, 1, 0, 0}, new byte[] {0}))
          .isEqualTo(Pdu.ABORT);
    }
    try (Socket socket = RawPeer.accepted(port)) {
      assertThat(RawPeer.drip(socket, new byte[] {4, 0, 0, 1, 0, 0}, new byte[] {0}))
          .isEqualTo(Pdu.ABORT);
    }
    byte[] command = CommandSet.storeRequest(1, Uid.VERIFICATION, "2.25.1");
    byte[] begin = Pdu.bytes(Pdu.P_DATA, RawPeer.value(3, command));
    byte[] more = Pdu.bytes(Pdu.P_DATA, RawPeer.value(0, new byte[2]));
    try (Socket socket = RawPeer.accepted(port)) {
      assertThat(RawPeer.drip(socket, begin, more)).isEqualTo(Pdu.ABORT);
    }
    assertThat(stored).isEmpty();
  }

  @Test
  void aHandshakeThatDripsIsEnded() throws Exception {
    tls = Certificates.make(folder).context();
    idle = Duration.ofMillis(1000);
    int port = start();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      assertThat(RawPeer.drip(socket, new byte[] {22, 3, 1, 64, 0, 1, 0, 63, -4}, new byte[] {0}))
          .isNotEqualTo(Pdu.ASSOCIATE_AC);
    }
  }

  @Test
  void moreContextsThanThereAreNumbersEndTheAssociation() throws Exception {
    int port = start();
    List<AssociateRequest.Context> contexts = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      contexts.add(
          new AssociateRequest.Context(1, Uid.VERIFICATION, List.of(Uid.IMPLICIT_LITTLE_ENDIAN)));
    }
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(AssociateRequest.bytes("OSTEON", "TEST", contexts));
      assertThat(socket.getInputStream().read()).isEqualTo(Pdu.ABORT);
    }
  }

  @Test
  void senderSaysNothingAndIsAborted() throws Exception {
    idle = Duration.ofMillis(500);
    int port = start();
    try (Socket silent = new Socket("127.0.0.1", port)) {
      assertThat(silent.getInputStream().read()).isEqualTo(Pdu.ABORT);
    }
  }

  private int start() throws Exception {
    ScpSettings settings =
        new ScpSettings(
            0,
            Set.of("OSTEON"),
            ANYONE,
            Set.of("1.2.840.10008.5.1.4.1.1.1.1"),
            Set.of(Uid.IMPLICIT_LITTLE_ENDIAN),
            new ScpSettings.Limits(2_000_000, associations, associationsOfPeer, 4, idle, receive),
            tls,
            false);
    StorageScp started =
        StorageScp.start(
            settings,
            instance -> {
              stored.add(instance);
              return StoreStatus.SUCCESS;
            });
    scp = started;
    return started.port();
  }
}
