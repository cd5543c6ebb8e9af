package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.XRayEvent;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.ChildProcess;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;

/** {@code osteon gateway} as a process of its own, and its end in the middle of an association. */
@Tag("chaos")
class GatewayKilledTest {
  private static final Pattern PORT = Pattern.compile("takes DICOM on port (\\d+)");
  private static final int FILES = 60;

  @TempDir private Path folder;

  @Test
  void nothingThatWasAcknowledgedIsLostWhenItIsKilled() throws Exception {
    Dcmtk.require("storescu");
    Reception reception =
        new Reception(folder, Platform.broker().bootstrapServers(), Map.of("gateway.uids", "keep"));
    List<Path> files = files(FILES);
    int acknowledged = 0;
    for (int round = 0; round < 3; round++) {
      ChildProcess gateway = start(reception, round);
      int port = port(round);
      CompletableFuture<Dcmtk.Ended> sending = sending(port, files);
      // Killed once it has published a few more than before, so while others are on their way.
      int before = reception.events().size();
      int enough = before + 5 + 4 * round;
      await().until(() -> reception.events().size() >= enough);
      gateway.kill();
      Dcmtk.Ended sent = sending.get();
      acknowledged += check(sent, reception);
    }
    assertThat(acknowledged).isGreaterThan(14);
    // The sender sends all again, as senders do; then all is there, and twice is once by its id.
    ChildProcess gateway = start(reception, 9);
    Dcmtk.Ended sent = sending(port(9), files).get();
    assertThat(check(sent, reception)).isEqualTo(FILES);
    gateway.signal("-TERM");
    assertThat(gateway.await(Duration.ofMinutes(3))).isZero();
    assertThat(reception.events().stream().map(XRayEvent::getEventId).distinct()).hasSize(FILES);
  }

  @Test
  void whileTheBrokerIsAwayTheSenderIsToldAndLaterItIsTaken() throws Exception {
    Dcmtk.require("storescu");
    try (BrokerProcess broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES)) {
      Reception reception =
          new Reception(
              folder,
              broker.bootstrapServers(),
              Map.of("gateway.uids", "keep", "gateway.ack.timeout.ms", "2000"));
      List<Path> files = files(3);
      ChildProcess gateway = start(reception, 0);
      int port = port(0);
      await()
          .untilAsserted(
              () -> assertThat(check(sending(port, files).get(), reception)).isEqualTo(3));
      broker.kill();
      Dcmtk.Ended away = sending(port, files).get();
      assertThat(away.said()).contains("(Refused: OutOfResources)").doesNotContain("(Success)");
      broker.start();
      await()
          .untilAsserted(
              () -> assertThat(check(sending(port, files).get(), reception)).isEqualTo(3));
      gateway.kill();
      assertThat(reception.events().stream().map(XRayEvent::getEventId).distinct()).hasSize(3);
    }
  }

  /** Every instance that storescu saw acknowledged must be an event. */
  private static int check(Dcmtk.Ended sent, Reception reception) {
    List<String> acknowledged = new ArrayList<>();
    String sending = "";
    for (String line : sent.said().lines().toList()) {
      Matcher file = Pattern.compile("Sending file: .*/(\\d+)\\.dcm").matcher(line);
      if (file.find()) {
        sending = file.group(1);
      } else if (line.contains("(Success)")) {
        acknowledged.add("2.25.1" + sending + Kind.FRACTURED.ordinal());
      }
    }
    Set<String> events =
        reception.events().stream()
            .map(XRayEvent::getSopInstanceUid)
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(events).containsAll(acknowledged);
    return acknowledged.size();
  }

  private List<Path> files(int count) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = DicomFiles.drawn(i, Kind.FRACTURED, 700, 600);
      files.add(Files.write(folder.resolve(i + ".dcm"), image));
    }
    return files;
  }

  private static CompletableFuture<Dcmtk.Ended> sending(int port, List<Path> files) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Dcmtk.store(port, "OSTEON", files.toArray(new Path[0]));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private ChildProcess start(Reception reception, int round) throws Exception {
    return ChildProcess.start(
        log(round),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "org.osteon.cli.Osteon",
        "gateway",
        "--config",
        reception.write(folder).toString());
  }

  private int port(int round) {
    int[] port = new int[1];
    await("the gateway")
        .until(
            () -> {
              Matcher said = PORT.matcher(Files.readString(log(round)));
              port[0] = said.find() ? Integer.parseInt(said.group(1)) : 0;
              return port[0] > 0;
            });
    return port[0];
  }

  private Path log(int round) {
    return folder.resolve("gateway-" + round + ".log");
  }
}
