package org.osteon.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.osteon.dimse.StorageHandler.Instance;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Certificates;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;

/** The network alone, with dcmtk as the sender and with senders that break every rule. */
class StorageScpTest extends ListeningScp {
  @Test
  void anEchoIsAnsweredAndAnInstanceArrivesByteForByte() throws Exception {
    Dcmtk.require("echoscu", "storescu");
    int port = start();
    assertThat(echo(port, "OSTEON").status()).isZero();
    byte[] file = DicomFiles.drawn(1, Kind.HEALTHY, 700, 600);
    Dcmtk.Ended sent = Dcmtk.store(port, "OSTEON", Files.write(folder.resolve("1.dcm"), file));
    assertThat(sent.status()).as(sent.said()).isZero();
    Instance instance = stored.get(0);
    assertThat(instance.sopClass()).isEqualTo(DIGITAL_X_RAY);
    assertThat(instance.transferSyntax()).isEqualTo("1.2.840.10008.1.2.1");
    assertThat(instance.calling()).isEqualTo("STORESCU");
    assertThat(instance.called()).isEqualTo("OSTEON");
    byte[] pixels = Arrays.copyOfRange(file, file.length - 700 * 600 * 2, file.length);
    byte[] arrived = instance.dataSet();
    assertThat(Arrays.copyOfRange(arrived, arrived.length - pixels.length, arrived.length))
        .isEqualTo(pixels);
  }

  @Test
  void whoCallsAnotherOrIsNoPeerIsRejected() throws Exception {
    Dcmtk.require("echoscu");
    int port = start();
    assertThat(echo(port, "ANYONE").said()).contains("Called AE Title Not Recognized");
    assertThat(Dcmtk.run("echoscu", "-aet", "STRANGER", "-aec", "OSTEON", "127.0.0.1", "" + port))
        .extracting(Dcmtk.Ended::said)
        .asString()
        .contains("Calling AE Title Not Recognized");
    try (Socket stranger = new Socket()) {
      stranger.bind(new InetSocketAddress("127.0.0.66", 0));
      stranger.connect(new InetSocketAddress("127.0.0.1", port));
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void oneTooManyIsRejectedForTheMomentAndServedLater() throws Exception {
    Dcmtk.require("echoscu");
    associations = 1;
    idle = Duration.ofMinutes(5);
    int port = start();
    Socket first = RawPeer.accepted(port);
    assertThat(echo(port, "OSTEON").said()).contains("Local Limit Exceeded");
    first.close();
    await().until(() -> echo(port, "OSTEON").status() == 0);
  }

  @Test
  void brokenBytesEndTheirOwnAssociationAndNoOther() throws Exception {
    Dcmtk.require("echoscu");
    int port = start();
    byte[] request = RawPeer.request();
    List<byte[]> broken = new ArrayList<>();
    broken.add(new byte[] {1, 0, 127, -1, -1, -1});
    broken.add(new byte[] {1, 0, -1, -1, -1, -1});
    broken.add(new byte[] {99, 0, 0, 0, 0, 0});
    broken.add(new byte[] {4, 0, 0, 0, 0, 0});
    broken.add(Arrays.copyOf(request, 40));
    broken.add("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    for (byte[] data :
        List.of(
            pdata(new byte[] {0, 0, 0, 0}),
            pdata(new byte[] {127, -1, -1, -1, 1, 3}),
            pdata(new byte[] {0, 0, 0, 2, 1, 2}),
            pdata(new byte[] {0, 0, 0, 10, 1, 3, 1, 2, 3, 4, 5, 6, 7, 8}),
            new byte[] {4, 0, 0, 8, 0, 0},
            request)) {
      byte[] both = Arrays.copyOf(request, request.length + data.length);
      System.arraycopy(data, 0, both, request.length, data.length);
      broken.add(both);
    }
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] mutated = request.clone();
      for (int j = 0; j < 1 + i % 5; j++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      broken.add(mutated);
    }
    for (byte[] bytes : broken) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(10_000);
        readToItsEnd(in);
      }
    }
    assertThat(stored).isEmpty();
    assertThat(echo(port, "OSTEON").status()).isZero();
  }

  @Test
  void anInstanceThatIsTooLargeIsRefusedAndTheNextOneIsTaken() throws Exception {
    Dcmtk.require("storescu");
    int port = start();
    Path large = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(1, Kind.HEALTHY, 1200, 900));
    Path small = Files.write(folder.resolve("2.dcm"), DicomFiles.drawn(2, Kind.HEALTHY, 100, 90));
    Dcmtk.Ended sent = Dcmtk.store(port, "OSTEON", large, small);
    assertThat(sent.said()).contains("(Error: CannotUnderstand)").contains("(Success)");
    assertThat(stored).hasSize(1);
  }

  @Test
  void withoutRoomTheSenderIsToldToTryAgain() throws Exception {
    Dcmtk.require("storescu");
    idle = Duration.ofSeconds(4);
    dataSets = 1;
    CountDownLatch begun = new CountDownLatch(1);
    handler =
        instance -> {
          begun.countDown();
          released.await();
          return StoreStatus.SUCCESS;
        };
    int port = start();
    Path file = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(1, Kind.HEALTHY, 100, 90));
    Thread first = new Thread(() -> sendQuietly(port, file));
    first.start();
    begun.await();
    assertThat(Dcmtk.store(port, "OSTEON", file).said()).contains("(Refused: OutOfResources)");
    released.countDown();
    first.join();
  }

  @Test
  void manyAssociationsAtOnceAreServed() throws Exception {
    Dcmtk.require("storescu");
    int port = start();
    Path file = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(1, Kind.HEALTHY, 300, 200));
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < associations; i++) {
      Thread sender = new Thread(() -> sendQuietly(port, file, file, file));
      senders.add(sender);
      sender.start();
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(stored).hasSize(3 * associations);
  }

  @Test
  void overTlsWithTheGatewaysCertificate() throws Exception {
    Dcmtk.require("echoscu");
    tls = Certificates.make(folder).context();
    int port = start();
    assertThat(echo(port, "OSTEON").status()).as("not in plain").isNotZero();
    Dcmtk.Ended secure =
        Dcmtk.run("echoscu", "+tla", "-ic", "-aec", "OSTEON", "127.0.0.1", "" + port);
    assertThat(secure.status()).as(secure.said()).isZero();
  }

  private static void readToItsEnd(InputStream in) {
    try {
      in.readAllBytes();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The association of broken bytes stays open.", e);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  private static byte[] pdata(byte[] value) {
    return Pdu.bytes(Pdu.P_DATA, value);
  }
}
