package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventClasses;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.gateway.SiteNames;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.testing.Platform;
import org.osteon.testing.Program;
import org.osteon.testing.Verdicts;

/** Reports sent by another make's client, and what becomes of them in the topic. */
@Tag("integration")
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class ReportListenerTest {
  static {
    EventClasses.trust();
  }

  private static final String TOKEN = "0123456789abcdef";
  private static final String NAME = "OTTO^ANNA";

  @TempDir private Path folder;
  private Map<String, String> own;
  private Settings settings;
  private SiteNames names;

  @BeforeEach
  void open() throws Exception {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.properties"),
            "code.RADLEX|RID4650=FRACTURED\ncode.99LOCAL|N=HEALTHY\ncode.99LOCAL|ASK=UNKNOWN\n"
                + "code.http\\://snomed.info/sct|125605004=FRACTURED\n"
                + "saw.answer=no\n");
    own =
        Map.of(
            "gateway.key.file",
            Files.writeString(folder.resolve("key"), "k".repeat(40)).toString(),
            "reports.mapping.file",
            mapping.toString(),
            "reports.hl7.port",
            "0",
            "reports.fhir.port",
            "0",
            "reports.fhir.token.file",
            Files.writeString(folder.resolve("token"), TOKEN).toString());
  }

  private void on(EmbeddedBroker broker) {
    settings = Platform.settings(broker.bootstrapServers(), Platform.registry().url(), own);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
    names = SiteNames.of(settings);
  }

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

  @Test
  void codedConclusionsOfFhirBecomeTruths() throws Exception {
    on(Platform.broker());
    answered("A-9");
    try (ReportListener listener = ReportListener.start(settings)) {
      int port = listener.fhirPort().orElseThrow();
      String coded =
          fhir(
              "corrected",
              "\"imagingStudy\":[{\"identifier\":{\"system\":\"urn:dicom:uid\",\"value\":\"urn:oid:1.2.3.4\"}}],"
                  + "\"conclusionCode\":[{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"125605004\"}]}]");
      String order =
          "\"basedOn\":[{\"identifier\":{\"type\":{\"coding\":[{\"code\":\"ACSN\"}]},\"value\":\"A-9\"}}],";
      assertThat(post(port, TOKEN, coded).statusCode()).isEqualTo(202);
      assertThat(
              post(port, TOKEN, fhir("final", order + "\"conclusion\":\"No fracture.\""))
                  .statusCode())
          .isEqualTo(202);
      assertThat(
              post(port, TOKEN, fhir("final", order + "\"conclusion\":\"Fracture?\"")).statusCode())
          .isEqualTo(202);
      assertThat(post(port, "wrong-wrong-wrong", coded).statusCode()).isEqualTo(401);
      assertThat(post(port, TOKEN, "{").statusCode()).isEqualTo(400);
      HttpResponse<String> nameless = post(port, TOKEN, fhir("final", "\"conclusion\":\"OTTO\""));
      assertThat(nameless.statusCode()).isEqualTo(422);
      assertThat(nameless.body()).contains("OperationOutcome").doesNotContain("OTTO");
      assertThat(post(port, TOKEN, "{\"resourceType\":\"Patient\"}").statusCode()).isEqualTo(422);
    }
    assertThat(truths())
        .extracting(this::named, t -> t.getLabel() + " " + t.getStatus())
        .containsExactlyInAnyOrder(
            tuple(names.study("1.2.3.4"), "FRACTURED CORRECTED"),
            tuple("order A-9", "HEALTHY FINAL"),
            tuple("order A-9", "UNKNOWN FINAL"),
            tuple("2.25.A-9", "HEALTHY FINAL"),
            tuple("2.25.A-9", "UNKNOWN FINAL"));
  }

  /** By its study, else by which order: never by the order's own number. */
  private String named(Truth truth) {
    String accession = truth.getAccessionNumber();
    if (accession == null) {
      return truth.getStudyInstanceUid();
    }
    assertThat(truth.getStudyInstanceUid()).isEmpty();
    for (String each : List.of("A-1", "A-2", "A-9", "CT-77")) {
      if (accession.equals(names.accession(each))) {
        return "order " + each;
      }
    }
    return "unknown";
  }

  private static String fhir(String status, String rest) {
    return "{\"resourceType\":\"DiagnosticReport\",\"status\":\"%s\",\"issued\":\"2026-11-27T10:00:00+01:00\",\"subject\":{\"display\":\"%s\"},%s}"
        .formatted(status, NAME, rest);
  }

  private static HttpResponse<String> post(int port, String token, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/DiagnosticReport"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
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

  private void answered(String accession) throws Exception {
    String topic = settings.get(TopicKeys.RESULTS);
    String study = "2.25." + accession;
    ClassificationResult result =
        ClassificationResult.newBuilder(Verdicts.result("e" + accession, study, 0.9, 0))
            .setAccessionNumber(names.accession(accession))
            .setProcessedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  study.getBytes(StandardCharsets.UTF_8),
                  serdes.results().serializer().serialize(topic, result)))
          .get();
    }
  }

  private List<Truth> truths() throws Exception {
    String topic = settings.get(TopicKeys.TRUTHS);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    List<Truth> all = new ArrayList<>();
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> all.add(serdes.truths().deserializer().deserialize(topic, found.value())));
    return all;
  }
}
