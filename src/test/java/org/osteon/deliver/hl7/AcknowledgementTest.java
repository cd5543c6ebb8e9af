package org.osteon.deliver.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.AcknowledgmentCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.event.Finding;
import org.osteon.sandbox.Ports;

/** What each acknowledgement means for a delivery, and what none, or one without an end. */
class AcknowledgementTest extends MessagesToAWard {
  @Test
  void eachAcknowledgementIsTakenAsItIsMeant() throws Exception {
    int port = Ports.take();
    Delivery delivery = delivery("r1", Finding.DEFINITE);
    try (Hl7Target target = target(port)) {
      assertThat(target.send(delivery)).isInstanceOf(Outcome.Away.class);
      try (Receiver receiver = new Receiver(port, null)) {
        receiver.answers(AcknowledgmentCode.AE, AcknowledgmentCode.AR, AcknowledgmentCode.CE);
        assertThat(target.send(delivery))
            .isInstanceOfSatisfying(
                Outcome.NotNow.class,
                it -> assertThat(it.words()).startsWith("AE").contains("no room"));
        assertThat(target.send(delivery))
            .isInstanceOfSatisfying(
                Outcome.Refused.class,
                it -> {
                  assertThat(it.reason()).isEqualTo(Outcome.Reasons.REFUSED);
                  assertThat(it.words()).startsWith("AR").contains("no room");
                });
        assertThat(target.send(delivery)).isInstanceOf(Outcome.NotNow.class);
        assertThat(target.send(delivery)).isEqualTo(new Outcome.Delivered());
      }
      // The connection that was kept is dead by now, and its ends do not know.
      try (Receiver receiver = new Receiver(port, null)) {
        assertThat(target.send(delivery)).isEqualTo(new Outcome.Delivered());
        assertThat(receiver.received).hasSize(1);
      }
    }
  }

  @Test
  void whoNeverAnswersIsAway() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Hl7Target target = target(silent.getLocalPort(), Duration.ofMillis(300))) {
      assertThat(target.send(delivery("r1", Finding.DEFINITE)))
          .isInstanceOfSatisfying(
              Outcome.Away.class,
              it -> assertThat(it.words()).contains("no acknowledgement in time"));
    }
  }

  @Test
  void anAcknowledgementThatNeverEndsHoldsNothing() throws Exception {
    for (boolean fast : new boolean[] {true, false}) {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
          Hl7Target target =
              target(server.getLocalPort(), fast ? PATIENCE : Duration.ofMillis(500))) {
        Thread babbler = new Thread(() -> babble(server, fast ? 1 << 16 : 1), "babbler");
        babbler.start();
        assertThat(target.send(delivery("r1", Finding.DEFINITE)))
            .isInstanceOfSatisfying(
                Outcome.Away.class,
                it ->
                    assertThat(it.words())
                        .contains(fast ? "longer than" : "no acknowledgement in time"));
        babbler.join();
      }
    }
  }

  /** Begins an acknowledgement and never ends it, until the reader is gone. */
  private static void babble(ServerSocket server, int atOnce) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(0x0b);
      byte[] noise = "x".repeat(atOnce).getBytes(StandardCharsets.US_ASCII);
      while (true) {
        socket.getOutputStream().write(noise);
        if (atOnce == 1) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    } catch (IOException | InterruptedException e) {
      // It is over.
    }
  }
}
