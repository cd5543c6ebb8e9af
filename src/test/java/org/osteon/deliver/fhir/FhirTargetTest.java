package org.osteon.deliver.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TargetsFile;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.ResultIds;
import org.osteon.identity.Original;

/** What goes over the line, and what each answer means; a real server is in ResourcesTest. */
class FhirTargetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TAKEN =
      "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[{\"response\":{\"status\":\"200 OK\"}}]}";

  @TempDir private Path folder;
  private final List<String> bodies = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = TAKEN;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/r4",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aResultIsTheSameTransactionEachTime() throws Exception {
    FhirTarget target = target();
    assertThat(target.send(delivery(Finding.CRITICAL))).isEqualTo(new Outcome.Delivered());
    assertThat(target.send(delivery(Finding.CRITICAL))).isEqualTo(new Outcome.Delivered());
    assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
    JsonNode bundle = JSON.readTree(bodies.get(0));
    assertThat(requests(bundle))
        .containsExactly(
            "PUT Device?identifier=urn%3Aosteon%3Amodel-sha256%7C" + "ab".repeat(32),
            "POST ImagingStudy if none identifier=urn%3Adicom%3Auid%7Curn%3Aoid%3A1.2.3.1",
            "PUT Observation?identifier=urn%3Aosteon%3Aresult%7Cr1",
            "PUT DiagnosticReport?identifier=urn%3Aosteon%3Aresult%7Cr1",
            "POST Task if none identifier=urn%3Aosteon%3Aalert%7C"
                + ResultIds.alert("2.25.7", "CRITICAL", "osteon-s", "5"));
    assertThat(bodies.get(0)).doesNotContain("INVENTED", "19581123");
  }

  @Test
  void whatWasReferredHasNoValueAndIsNotCalledNormal() throws Exception {
    target("portal.task=never").send(delivery(Finding.DOUBT));
    JsonNode bundle = JSON.readTree(bodies.get(0));
    JsonNode observation = bundle.at("/entry/2/resource");
    assertThat(observation.has("valueCodeableConcept")).isFalse();
    assertThat(observation.at("/dataAbsentReason/text").asText())
        .isEqualTo("Referred to a person: DOUBT");
    assertThat(observation.at("/interpretation/0/coding/0/code").asText()).isEqualTo("IND");
    assertThat(requests(bundle)).hasSize(4).noneMatch(each -> each.contains("Task"));
  }

  @Test
  void withoutAPatientTheStudyIsReferredToAndNotMade() throws Exception {
    ClassificationResult result = Deliveries.result("r1", Finding.NONE, "1.2.3", "1.2.3.4", null);
    Original unnamed = new Original("1.2.3", "", "1.2.3.4", "", Map.of());
    target().send(new Delivery(result, unnamed, 0));
    JsonNode bundle = JSON.readTree(bodies.get(0));
    assertThat(requests(bundle)).hasSize(3).noneMatch(each -> each.contains("POST ImagingStudy"));
    assertThat(bundle.at("/entry/1/resource/derivedFrom/0/identifier/value").asText())
        .isEqualTo("urn:oid:1.2.3");
    assertThat(bundle.at("/entry/1/resource").has("subject")).isFalse();
  }

  @Test
  void eachAnswerIsTakenAsItIsMeant() throws Exception {
    FhirTarget target = target();
    answer =
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"no such patient\"}]}";
    for (int each : new int[] {302, 401, 403, 404, 429, 501, 503}) {
      status = each;
      assertThat(target.send(delivery(Finding.NONE)))
          .isEqualTo(new Outcome.Away("HTTP " + each + " no such patient"));
    }
    for (int each : new int[] {409, 500}) {
      status = each;
      assertThat(target.send(delivery(Finding.NONE))).isInstanceOf(Outcome.NotNow.class);
    }
    for (int each : new int[] {400, 412, 413, 422}) {
      status = each;
      assertThat(target.send(delivery(Finding.NONE)))
          .isEqualTo(
              new Outcome.Refused(Outcome.Reasons.REFUSED, "HTTP " + each + " no such patient"));
    }
    status = 200;
    answer = "<html>Please sign in</html>";
    assertThat(target.send(delivery(Finding.NONE))).isInstanceOf(Outcome.Away.class);
    server.stop(0);
    assertThat(target.send(delivery(Finding.NONE))).isInstanceOf(Outcome.Away.class);
  }

  @Test
  void anAnswerThatNeverEndsHoldsNothing() throws Exception {
    // One byte more than a mebibyte, which is all that is read of an answer.
    answer = "x".repeat((1 << 20) + 1);
    assertThat(target().send(delivery(Finding.NONE)))
        .isInstanceOfSatisfying(
            Outcome.Away.class, it -> assertThat(it.words()).contains("longer than"));
    CountDownLatch over = new CountDownLatch(1);
    server.createContext(
        "/drips",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/drips";
    try (FhirTarget dripping = target(Duration.ofMillis(500), "portal.url=" + url)) {
      assertThat(dripping.send(delivery(Finding.NONE)))
          .isInstanceOfSatisfying(
              Outcome.Away.class, it -> assertThat(it.words()).contains("no answer in time"));
    } finally {
      over.countDown();
    }
  }

  @Test
  void aTokenIsReadAnewForEachResult() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "first-one\n");
    FhirTarget target = target("portal.token.file=" + token);
    target.send(delivery(Finding.NONE));
    Files.writeString(token, "second-one");
    target.send(delivery(Finding.NONE));
    assertThat(authorizations).containsExactly("Bearer first-one", "Bearer second-one");
    Files.delete(token);
    assertThat(target.send(delivery(Finding.NONE))).isInstanceOf(Outcome.Away.class);
    assertThat(authorizations).hasSize(2);
  }

  @Test
  void aSettingThatCannotWorkIsOneSentence() {
    assertThatThrownBy(() -> target("portal.url=fhir.example.org"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("portal.url is no address of a FHIR server");
    assertThatThrownBy(() -> target("portal.patient.system=mrn"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("portal.patient.system is no URI");
    assertThatThrownBy(() -> target("portal.token.file=nowhere"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("portal.token.file cannot be read");
  }

  private static List<String> requests(JsonNode bundle) {
    List<String> requests = new ArrayList<>();
    for (JsonNode entry : bundle.get("entry")) {
      JsonNode request = entry.get("request");
      String none = request.path("ifNoneExist").asText();
      requests.add(
          request.get("method").asText()
              + " "
              + request.get("url").asText()
              + (none.isEmpty() ? "" : " if none " + none));
    }
    return requests;
  }

  private static Delivery delivery(Finding finding) {
    ClassificationResult result =
        Deliveries.result("r1", finding, "2.25.7", "2.25.8", Deliveries.boxes());
    return new Delivery(
        result, Deliveries.original("1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.1"), 1_790_000_000_000L);
  }

  private FhirTarget target(String... further) throws Exception {
    return target(Duration.ofSeconds(10), further);
  }

  private FhirTarget target(Duration patience, String... further) throws Exception {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "portal.type=fhir",
                "portal.url=http://127.0.0.1:" + server.getAddress().getPort() + "/r4/"));
    lines.addAll(List.of(further));
    TargetSettings settings =
        TargetsFile.read(Files.write(folder.resolve("targets.properties"), lines)).get(0);
    return new FhirTarget(FhirSettings.of(settings), patience);
  }
}
