package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.event.Truth;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.testing.Platform;
import org.osteon.testing.Program;

/** Reports sent by another make's client, and what becomes of them in the topic. */
@Tag("integration")
@Timeout(300)
class ReportListenerTest extends ListeningSite {
  @Test
  void reportsBecomeTruthsByTheNamesThatEventsHave() throws Exception {
    on(Platform.broker());
    answered("A-1");
    answered("A-2");
    List<String> said;
    try (ReportListener listener = ReportListener.start(settings)) {
      said =
          send(
              listener.port(),
              report("1", "A-1", "F", text("FINDINGS: Fracture of the distal radius.")),
              report("2", "A-2", "P", text("No fracture.")),
              report("3", "", "F", text("Possible fracture."), study("1.2.3.4")),
              report("4", "", "C", coded("RID4650", "RADLEX"), study("1.2.3.5")),
              report("5", "", "F", coded("ASK", "99LOCAL"), study("1.2.3.6")),
              report(
                      "6",
                      "",
                      "F",
                      text("Comminuted fracture\\.br\\of the tibia."),
                      study("1.2.3.7"))
                  + "\nZDS|1.2.3.8^DICOM",
              report("7", "", "F", text("No fracture.")) + "\nZDS|1.2.3.9^RIS^Application^DICOM",
              report("8", "CT-77", "F", text("Fracture of the skull base.")),
              report("9", "A-1", "X", text("Reported in error: no fracture.")),
              report("1", "A-1", "F", text("FINDINGS: Fracture of the distal radius.")));
    }
    assertThat(said)
        .containsExactly(
            "AA 1", "AA 2", "AA 3", "AA 4", "AA 5", "AA 6", "AA 7", "AA 8", "AA 9", "AA 1");
    List<Truth> truths = truths();
    assertThat(truths)
        .extracting(this::named, t -> t.getLabel() + " " + t.getStatus())
        .containsExactlyInAnyOrder(
            tuple("order A-1", "FRACTURED FINAL"),
            tuple("order A-2", "HEALTHY PRELIMINARY"),
            tuple("order CT-77", "FRACTURED FINAL"),
            tuple("order A-1", "HEALTHY WITHDRAWN"),
            tuple("order A-1", "FRACTURED FINAL"),
            tuple("2.25.A-1", "FRACTURED FINAL"),
            tuple("2.25.A-2", "HEALTHY PRELIMINARY"),
            tuple(names.study("1.2.3.4"), "UNKNOWN FINAL"),
            tuple(names.study("1.2.3.5"), "FRACTURED CORRECTED"),
            tuple(names.study("1.2.3.6"), "UNKNOWN FINAL"),
            tuple(names.study("1.2.3.7"), "BEYOND_REPAIR FINAL"),
            tuple(names.study("1.2.3.9"), "HEALTHY FINAL"),
            tuple("2.25.A-1", "HEALTHY WITHDRAWN"),
            tuple("2.25.A-1", "FRACTURED FINAL"));
    assertThat(truths.stream().filter(t -> t.getStudyInstanceUid().equals("2.25.A-1")))
        .as("the same message is the same truth")
        .extracting(Truth::getTruthId)
        .hasSize(3);
    assertThat(truths.stream().map(Truth::getTruthId).distinct().count()).isEqualTo(12);
    assertThat(truths)
        .allSatisfy(
            truth -> {
              assertThat(truth.toString()).doesNotContain("OTTO", "4711", "1.2.3.", "radius");
              assertThat(truth.getSawAnswer()).isFalse();
              assertThat(truth.getSaidAt()).isEqualTo("2026-11-27T09:00:00Z");
            });
  }

  @Test
  void whatCannotBeTakenIsRefusedAndTheConnectionStays() throws Exception {
    on(Platform.broker());
    try (ReportListener listener = ReportListener.start(settings)) {
      String admission =
          report("2", "A-1", "F", text("x")).replace("ORU^R01^ORU_R01", "ADT^A01^ADT_A01");
      assertThat(
              send(
                  listener.port(),
                  report("1", "", "F", text("No fracture.")),
                  admission,
                  "MSH|^~\\&|RIS|H||O|20261127100000||ZZZ^Z99|3|P|2.5.1",
                  "MSH|^~\\&|RIS|H||O|20261127100000||ZZZ^Z98|4|P|2.5.1"))
          .containsExactly("AR 1", "AR 2", "AR 3", "AR 4");
      assertThat(raw(listener.port(), "no message at all")).contains("MSA|AR|");
      assertThat(Path.of("id_file")).as("a counter of HAPI's own").doesNotExist();
    }
    assertThat(truths()).isEmpty();
  }

  @Test
  void nothingIsAcknowledgedThatTheBrokersDoNotHave() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(1 << 20)) {
      on(broker);
      try (ReportListener listener = ReportListener.start(settings)) {
        assertThat(
                send(listener.port(), report("1", "", "F", text("No fracture."), study("1.2.3"))))
            .containsExactly("AA 1");
        broker.close();
        assertThat(
                send(listener.port(), report("2", "", "F", text("No fracture."), study("1.2.4"))))
            .containsExactly("AE 2");
      }
    }
  }

  private List<String> send(int port, String... messages) throws Exception {
    Path file = Files.writeString(folder.resolve("messages"), String.join("\n\n", messages) + "\n");
    Path script = folder.resolve("sender.py");
    try (InputStream in = getClass().getResourceAsStream("sender.py")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    Program.Ended ended =
        Program.run(
            folder,
            List.of(
                "/usr/bin/python3", script.toString(), Integer.toString(port), file.toString()));
    assertThat(ended.status()).as(ended.said()).isZero();
    return ended.said().lines().toList();
  }

  private static String raw(int port, String text) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(("\u000b" + text + "\u001c\r").getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      for (int next = socket.getInputStream().read();
          next >= 0 && next != 0x1c;
          next = socket.getInputStream().read()) {
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  private static String report(String id, String accession, String status, String... observations) {
    StringBuilder all = new StringBuilder();
    all.append(
        "MSH|^~\\&|RIS|H|OSTEON|O|20261127100000+0100||ORU^R01^ORU_R01|%s|P|2.4\n".formatted(id));
    all.append("PID|1||4711^^^H||%s\n".formatted(NAME));
    all.append(
        "OBR|1|||XR^Wrist^L||||||||||||||%s||||20261127100000+0100|||%s"
            .formatted(accession, status));
    int n = 1;
    for (String each : observations) {
      all.append("\nOBX|%d|%s".formatted(n++, each));
    }
    return all.toString();
  }

  private static String text(String words) {
    return "TX|59776-5^Findings^LN||" + words + "||||||F";
  }

  private static String coded(String code, String system) {
    return "CWE|59776-5^Findings^LN||" + code + "^a word^" + system + "||||||F";
  }

  private static String study(String uid) {
    return "ST|110180^Study Instance UID^DCM||" + uid + "||||||F";
  }
}
