package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;

@Tag("integration")
class HttpIntakeTest {
  private static final String RELATED =
      "multipart/related; type=\"application/dicom\"; boundary=\"b1\"";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void anImageBecomesAnEventAndTheSameImageTheSameEvent() throws Exception {
    byte[] jpeg = SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg();
    String query = "/events?study=2.25.77&bodyPart=HAND&priority=STAT";
    Reception reception = reception();
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      HttpResponse<String> first = post(gateway, query, "image/jpeg", jpeg, Reception.TOKEN);
      HttpResponse<String> again = post(gateway, query, "image/jpeg", jpeg, Reception.TOKEN);
      assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
      assertThat(again.body()).isEqualTo(first.body());
      JsonNode said = new ObjectMapper().readTree(first.body());
      List<XRayEvent> events = reception.events();
      assertThat(events).hasSize(2);
      XRayEvent event = events.get(0);
      assertThat(event.getEventId()).isEqualTo(said.get("eventId").asText());
      assertThat(event.getStudyInstanceUid())
          .isEqualTo(said.get("studyInstanceUid").asText())
          .isNotEqualTo("2.25.77");
      assertThat(event.getPriority()).isEqualTo(Priority.STAT);
      assertThat(event.getBodyPart()).isEqualTo("HAND");
    }
  }

  @Test
  void withoutTheTokenNothingIsReadAndWhatIsWrongIsSaid() throws Exception {
    byte[] jpeg = SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg();
    Reception reception = reception();
    try (Gateway gateway = Gateway.start(reception.settings, HttpIntakeTest::neverAsked)) {
      assertThat(post(gateway, "/events", "image/jpeg", jpeg, "wrong").statusCode()).isEqualTo(401);
      assertThat(post(gateway, "/studies", RELATED, jpeg, "").statusCode()).isEqualTo(401);
      String token = Reception.TOKEN;
      assertThat(post(gateway, "/events", "image/jpeg", new byte[9_000_000], token).statusCode())
          .isEqualTo(413);
      assertThat(post(gateway, "/events?patient=Anna", "image/jpeg", jpeg, token).statusCode())
          .isEqualTo(400);
      assertThat(post(gateway, "/events?study=x", "image/jpeg", jpeg, token).body())
          .contains("study, series");
      assertThat(post(gateway, "/events", "image/tiff", new byte[64], token).statusCode())
          .isEqualTo(415);
      assertThat(post(gateway, "/studies", "application/dicom", jpeg, token).statusCode())
          .isEqualTo(415);
      HttpRequest get =
          HttpRequest.newBuilder(uri(gateway, "/events"))
              .header("Authorization", "Bearer " + token)
              .build();
      assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(405);
    }
    try (Gateway gateway =
        Gateway.start(
            reception.settings,
            event -> CompletableFuture.failedFuture(new IllegalStateException("gone")))) {
      HttpResponse<String> away = post(gateway, "/events", "image/jpeg", jpeg, Reception.TOKEN);
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void dicomWebSaysOfEachInstanceWhatBecameOfIt() throws Exception {
    byte[] good = DicomFiles.drawn(5, Kind.HEALTHY, 100, 90);
    byte[] nameless = DicomFiles.drawn(6, Kind.HEALTHY, 100, 90, Map.of(0x00080018, " "));
    byte[] large = DicomFiles.drawn(7, Kind.HEALTHY, 3000, 2000);
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    Reception reception = reception();
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      HttpResponse<String> some = stow(gateway, "/studies", good, nameless, text, large);
      assertThat(some.statusCode()).as(some.body()).isEqualTo(202);
      assertThat(some.headers().firstValue("Content-Type")).hasValue("application/dicom+json");
      JsonNode said = new ObjectMapper().readTree(some.body());
      JsonNode stored = said.get("00081199").get("Value");
      assertThat(stored).hasSize(1);
      assertThat(stored.get(0).get("00081155").get("Value").get(0).asText()).isEqualTo("2.25.150");
      JsonNode failed = said.get("00081198").get("Value");
      assertThat(failed).hasSize(3);
      assertThat(failed.get(0).get("00081197").get("Value").get(0).asInt()).isEqualTo(0xA900);
      assertThat(failed.get(1).get("00081197").get("Value").get(0).asInt()).isEqualTo(0xC000);
      assertThat(failed.get(2).get("00081197").get("Value").get(0).asInt()).isEqualTo(0xC000);
      assertThat(stow(gateway, "/studies", good).statusCode()).isEqualTo(200);
      assertThat(stow(gateway, "/studies/2.25.25", good).statusCode()).isEqualTo(200);
      assertThat(stow(gateway, "/studies/2.25.26", good).statusCode()).isEqualTo(409);
      assertThat(stow(gateway, "/studies").statusCode()).isEqualTo(415);
    }
    List<XRayEvent> events = reception.events();
    assertThat(events).hasSize(3);
    assertThat(events.stream().map(XRayEvent::getEventId).distinct()).hasSize(1);
    assertThat(events).allMatch(each -> each.getContentType().equals("application/dicom"));
  }

  private Reception reception() throws Exception {
    Map<String, String> further = Map.of("image.max.bytes", "8000000");
    return new Reception(folder, Platform.broker().bootstrapServers(), further);
  }

  private static CompletableFuture<Void> neverAsked(XRayEvent event) {
    throw new AssertionError("An event was published: " + event.getEventId());
  }

  private HttpResponse<String> stow(Gateway gateway, String path, byte[]... parts)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(
          "\r\n--b1\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      body.writeBytes(part);
    }
    body.writeBytes("\r\n--b1--\r\n".getBytes(StandardCharsets.UTF_8));
    return post(gateway, path, RELATED, body.toByteArray(), Reception.TOKEN);
  }

  private HttpResponse<String> post(
      Gateway gateway, String path, String type, byte[] body, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(gateway, path))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(Gateway gateway, String path) {
    return URI.create("http://127.0.0.1:" + gateway.httpPort().orElseThrow() + path);
  }
}
