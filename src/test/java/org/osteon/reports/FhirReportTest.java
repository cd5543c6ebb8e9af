package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.testing.Platform;

/** Reports posted as FHIR's resources, and what becomes of them in the topic. */
@Tag("integration")
@Timeout(300)
class FhirReportTest extends ListeningSite {
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
}
