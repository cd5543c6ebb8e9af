package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.config.Settings;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;

/** Who may say that an image is STAT: the header, a title, a request. */
class StatTest {
  private static final String TOKEN = "a-token-of-twenty-letters";
  private static final int REQUESTED_PROCEDURE_PRIORITY = 0x00401003;
  private static final int REQUEST_ATTRIBUTES_SEQUENCE = 0x00400275;

  @TempDir private Path folder;
  private final List<XRayEvent> events = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "STAT, true",
    "HIGH, true",
    "ROUTINE, false",
    "MEDIUM, false",
    "LOW, false",
    "statim, false"
  })
  void theHeaderSaysIt(String term, boolean stat) throws Exception {
    byte[] file = drawn(Map.of(REQUESTED_PROCEDURE_PRIORITY, term));
    assertThat(leaves(file).facts().stat()).isEqualTo(stat);
    assertThat(new String(leaves(file).file(), StandardCharsets.ISO_8859_1)).doesNotContain(term);
  }

  @Test
  void theRequestWithinTheHeaderSaysIt() throws Exception {
    String stat = "@\0\3\20SH\4\0STAT";
    String item = "\u00FE\u00FF\0\u00E0\14\0\0\0" + stat;
    assertThat(leaves(drawn(Map.of(REQUEST_ATTRIBUTES_SEQUENCE, item))).facts().stat()).isTrue();
    byte[] calmer =
        drawn(Map.of(REQUEST_ATTRIBUTES_SEQUENCE, item, REQUESTED_PROCEDURE_PRIORITY, "LOW"));
    assertThat(leaves(calmer).facts().stat()).as("one is enough").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no sequence", "\u00FE\u00FF\0\u00E0\377\377\377\177@\0\3\20SH\u00FF\u00FF"})
  void aBrokenRequestKeepsNoImageBack(String broken) throws Exception {
    byte[] file = drawn(Map.of(REQUEST_ATTRIBUTES_SEQUENCE, broken));
    assertThat(leaves(file).facts().stat()).isFalse();
  }

  @Test
  void aTitleSaysItOfTheSenderAndOfTheOneCalled() throws Exception {
    Dcmtk.require("storescu");
    Path file = Files.write(folder.resolve("1.dcm"), drawn(Map.of()));
    try (Gateway gateway = start(Map.of("gateway.dicom.stat.titles", "CT-ER, OSTEON-STAT"))) {
      send(gateway, "STORESCU", "OSTEON", file);
      send(gateway, "CT-ER", "OSTEON", file);
      send(gateway, "STORESCU", "OSTEON-STAT", file);
      assertThat(events)
          .extracting(XRayEvent::getPriority)
          .containsExactly(Priority.ROUTINE, Priority.STAT, Priority.STAT);
      assertThat(events).extracting(XRayEvent::getEventId).containsOnly(events.get(0).getEventId());
    }
  }

  @Test
  void aRequestSaysItWhateverItBrings() throws Exception {
    byte[] dicom = drawn(Map.of());
    byte[] jpeg = SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg();
    try (Gateway gateway = start(Map.of())) {
      assertThat(post(gateway, "/events?priority=STAT", dicom)).isEqualTo(202);
      assertThat(post(gateway, "/events?priority=HIGH", jpeg)).isEqualTo(202);
      assertThat(stow(gateway, "/studies?priority=STAT&accept=x", dicom)).isEqualTo(200);
      assertThat(stow(gateway, "/studies/2.25.23?priority=STAT", dicom)).isEqualTo(200);
      assertThat(events).extracting(XRayEvent::getPriority).containsOnly(Priority.STAT).hasSize(4);
      assertThat(post(gateway, "/events?priority=ROUTINE", jpeg)).isEqualTo(202);
      assertThat(stow(gateway, "/studies?priority=ROUTINE", dicom)).isEqualTo(200);
      assertThat(stow(gateway, "/studies", dicom)).isEqualTo(200);
      assertThat(events.subList(4, 7))
          .extracting(XRayEvent::getPriority)
          .containsOnly(Priority.ROUTINE);
      // An unknown word must not become ROUTINE without a warning.
      assertThat(post(gateway, "/events?priority=URGENT", jpeg)).isEqualTo(400);
      assertThat(stow(gateway, "/studies?priority=stat", dicom)).isEqualTo(400);
      assertThat(events).hasSize(7);
    }
  }

  private static byte[] drawn(Map<Integer, String> more) throws Exception {
    return DicomFiles.drawn(3, Kind.FRACTURED, 60, 50, more);
  }

  private OutgoingImage leaves(byte[] file) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "k".repeat(64));
    OutgoingImage.Terms terms =
        new OutgoingImage.Terms(
            new AttributeTable(), Pseudonyms.read(key), true, 1_000_000, 1_000_000);
    return terms.of(new IncomingImage(file, IncomingImage.Facts.ofDicom("", "", false)));
  }

  private Gateway start(Map<String, String> further) throws Exception {
    Map<String, String> values = new HashMap<>(further);
    values.put("bootstrap.servers", "no-broker.invalid:9092");
    values.put("schema.registry.url", "http://no-broker.invalid");
    values.put("gateway.dicom.port", "0");
    values.put("gateway.http.port", "0");
    values.put("gateway.key.file", file("key", "k".repeat(64)));
    values.put("gateway.http.token.file", file("token", TOKEN));
    return Gateway.start(
        Settings.of(values),
        event -> {
          events.add(event);
          return CompletableFuture.completedFuture(null);
        });
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static void send(Gateway gateway, String calling, String called, Path file)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("storescu", "-v", "-aet", calling));
    command.addAll(List.of("-aec", called, "127.0.0.1"));
    command.addAll(List.of(Integer.toString(gateway.dicomPort()), file.toString()));
    assertThat(Dcmtk.run(command.toArray(new String[0])).said()).contains("(Success)");
  }

  private static int stow(Gateway gateway, String path, byte[] file) throws Exception {
    byte[] head =
        "--b1\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--b1--\r\n".getBytes(StandardCharsets.UTF_8);
    HttpRequest.BodyPublisher body = BodyPublishers.ofByteArrays(List.of(head, file, tail));
    return answer(
        gateway, path, "multipart/related; type=\"application/dicom\"; boundary=b1", body);
  }

  private static int post(Gateway gateway, String path, byte[] body) throws Exception {
    return answer(gateway, path, "image/jpeg", BodyPublishers.ofByteArray(body));
  }

  private static int answer(
      Gateway gateway, String path, String type, HttpRequest.BodyPublisher body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + gateway.httpPort().orElseThrow() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", type)
            .POST(body)
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode();
  }
}
