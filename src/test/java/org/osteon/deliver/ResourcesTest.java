package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Finding;
import org.osteon.event.Undelivered;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Scrape;
import org.osteon.testing.server.FhirServer;

/** FHIR R4 to HAPI's server, whose validator must find no error in anything. */
@Tag("integration")
class ResourcesTest {
  @TempDir private Path folder;

  @Test
  void whatIsSentTwiceIsThereOnceAndWhatIsRefusedIsNotLost() throws Exception {
    FhirServer.require();
    try (FhirServer server =
            FhirServer.start(folder.resolve("fhir"), Ports.take(), "503,lost,500,ok,422");
        Site site = site(server);
        Deliverer deliverer = Deliverer.start(site.settings)) {
      site.publish(1, Finding.CRITICAL);
      await("away, then lost, then it fell over, then taken")
          .untilAsserted(
              () -> assertThat(server.requests()).containsExactly("503", "lost", "500", "ok"));
      site.publish(2, Finding.DEFINITE);
      await("refused for good").untilAsserted(() -> assertThat(site.undelivered()).hasSize(1));
      Undelivered refused = site.undelivered().get(0);
      assertThat(refused.getResultId()).isEqualTo("r2");
      assertThat(refused.getWords()).startsWith("HTTP 422");
      site.publish(3, Finding.NONE);
      site.publish(4, Finding.DOUBT);
      await("all that was not refused")
          .untilAsserted(() -> assertThat(server.all("DiagnosticReport")).hasSize(3));
      server.kill();
      site.publish(5, Finding.DEFINITE);
      await("it is away")
          .untilAsserted(
              () ->
                  assertThat(Scrape.get(deliverer.httpPort(), "/metrics").body())
                      .contains("osteon_deliver_away{target=\"portal\"} 1.0"));
      server.restart();
      await("after its restart")
          .untilAsserted(() -> assertThat(server.all("DiagnosticReport")).hasSize(4));
      assertThat(site.undelivered()).as(server.said()).hasSize(1);
      assertThat(server.all("Observation")).hasSize(4);
      assertThat(server.all("ImagingStudy")).hasSize(4);
      assertThat(server.all("Device")).hasSize(1);
      // Of what raises an alert: CRITICAL, DOUBT, DEFINITE.
      assertThat(server.all("Task"))
          .extracting(each -> each.get("priority").asText())
          .containsExactlyInAnyOrder("stat", "routine", "urgent");
      assertLinked(server);
      for (String secret : Site.secrets()) {
        assertThat(site.undelivered().toString()).doesNotContain(secret);
      }
    }
  }

  @Test
  void theServerRefusesWhatR4DoesNotAllow() throws Exception {
    FhirServer.require();
    try (FhirServer server = FhirServer.start(folder.resolve("fhir"), Ports.take(), "ok")) {
      String noCode =
          """
          {"resourceType":"Bundle","type":"transaction","entry":[{
            "fullUrl":"urn:uuid:3b5b6c1e-0000-4000-8000-000000000001",
            "resource":{"resourceType":"Observation","status":"preliminary",
              "identifier":[{"system":"urn:osteon:result","value":"x"}]},
            "request":{"method":"PUT","url":"Observation?identifier=urn:osteon:result%7Cx"}}]}
          """;
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.url()))
                      .header("Content-Type", "application/fhir+json")
                      .POST(HttpRequest.BodyPublishers.ofString(noCode))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("Observation.code: minimum required = 1");
      assertThat(server.all("Observation")).isEmpty();
    }
  }

  /** Each report leads to its observation, its study, its patient and its order. */
  private static void assertLinked(FhirServer server) throws Exception {
    List<String> observations = ids(server, "Observation");
    List<String> studies = ids(server, "ImagingStudy");
    List<String> devices = ids(server, "Device");
    for (JsonNode report : server.all("DiagnosticReport")) {
      assertThat(observations).contains(report.at("/result/0/reference").asText());
      assertThat(studies).contains(report.at("/imagingStudy/0/reference").asText());
      assertThat(report.at("/subject/identifier/value").asText()).isEqualTo(Deliveries.NUMBER);
      assertThat(report.at("/subject/identifier/system").asText()).isEqualTo("urn:oid:1.2.3.9");
      assertThat(report.at("/basedOn/0/identifier/value").asText()).isEqualTo("ACC556677");
      assertThat(report.at("/status").asText()).isEqualTo("preliminary");
    }
    for (JsonNode observation : server.all("Observation")) {
      assertThat(devices).contains(observation.at("/device/reference").asText());
      assertThat(observation.at("/bodySite/coding/0/code").asText()).isEqualTo("74670003");
      assertThat(observation.at("/bodySite/text").asText()).isEqualTo("WRIST L");
    }
    List<String> reports = ids(server, "DiagnosticReport");
    for (JsonNode task : server.all("Task")) {
      assertThat(reports).contains(task.at("/focus/reference").asText());
    }
    assertThat(server.all("ImagingStudy"))
        .extracting(each -> each.at("/identifier/0/value").asText())
        .contains("urn:oid:1.2.3.1", "urn:oid:1.2.3.5");
  }

  @Test
  @Tag("chaos")
  void nothingIsLostAndNothingIsThereTwiceWhenTheDelivererIsKilled() throws Exception {
    FhirServer.require();
    int results = 30;
    try (FhirServer server = FhirServer.start(folder.resolve("fhir"), Ports.take(), "ok,lost,500");
        Site site = site(server)) {
      for (int n = 0; n < results; n++) {
        site.publish(n, n % 2 == 0 ? Finding.DEFINITE : Finding.NONE);
      }
      for (int round = 0; round < 3; round++) {
        ChildProcess deliverer = start(site, round);
        int enough = server.requests().size() + 4 + round;
        await("round " + round).until(() -> server.requests().size() >= enough);
        deliverer.kill();
      }
      ChildProcess deliverer = start(site, 9);
      await("all of them")
          .untilAsserted(() -> assertThat(server.all("DiagnosticReport")).hasSize(results));
      deliverer.signal("-TERM");
      assertThat(deliverer.await(Duration.ofMinutes(2))).isZero();
      assertThat(site.undelivered()).isEmpty();
      assertThat(server.all("DiagnosticReport"))
          .extracting(each -> each.at("/identifier/0/value").asText())
          .doesNotHaveDuplicates()
          .hasSize(results);
      assertThat(server.all("Observation")).hasSize(results);
      assertThat(server.all("ImagingStudy")).hasSize(results);
      assertThat(server.all("Task")).hasSize(results / 2);
      assertThat(server.all("Device")).hasSize(1);
    }
  }

  private static List<String> ids(FhirServer server, String type) throws Exception {
    return server.all(type).stream().map(each -> type + "/" + each.get("id").asText()).toList();
  }

  private Site site(FhirServer server) throws Exception {
    return new Site(
        folder,
        Map.of(),
        "portal.type=fhir",
        "portal.url=" + server.url(),
        "portal.patient.system=urn:oid:1.2.3.9",
        "portal.when=result");
  }

  private ChildProcess start(Site site, int round) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("org.osteon.cli.Osteon", "deliver", "--config", site.write().toString()));
    return ChildProcess.start(
        folder.resolve("deliver-" + round + ".log"), command.toArray(new String[0]));
  }
}
