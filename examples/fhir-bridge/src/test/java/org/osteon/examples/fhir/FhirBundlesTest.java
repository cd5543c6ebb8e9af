package org.osteon.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.ImageSummary;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Timing;

class FhirBundlesTest {
  private static final IParser STRICT =
      FhirContext.forR4().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

  @Test
  void aResultIsAPreliminaryObservationAndReportByTheModel() {
    Bundle bundle = roundTrip(result(Decision.REPORT));
    Observation observation = (Observation) bundle.getEntry().get(0).getResource();
    DiagnosticReport report = (DiagnosticReport) bundle.getEntry().get(1).getResource();
    assertThat(observation.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(observation.getValueCodeableConcept().getText()).isEqualTo("fracture");
    assertThat(observation.getBodySite().getText()).isEqualTo("WRIST L PA");
    assertThat(observation.getComponent()).hasSize(3);
    Device device = (Device) observation.getContained().get(0);
    assertThat(device.getDeviceNameFirstRep().getName()).isEqualTo("osteon-s");
    assertThat(device.getVersionFirstRep().getValue()).isEqualTo("3");
    assertThat(report.getImagingStudyFirstRep().getIdentifier().getValue())
        .isEqualTo("urn:oid:1.2.3");
    assertThat(bundle.getEntry().get(1).getRequest().getUrl())
        .isEqualTo("DiagnosticReport/0123456789abcdef0123456789abcdef");
  }

  @Test
  void aReferredResultHasNoValueButAReason() {
    Observation observation =
        (Observation) roundTrip(result(Decision.REFER)).getEntry().get(0).getResource();
    assertThat(observation.hasValue()).isFalse();
    assertThat(observation.getDataAbsentReason().getText()).contains("LOW_CONFIDENCE");
  }

  @ParameterizedTest
  @CsvSource({"NONE, N", "DOUBT, IND", "DEFINITE, A", "CRITICAL, AA"})
  void theFindingIsTheInterpretation(Finding finding, String code) {
    Observation observation = observation(result(Decision.REPORT, finding));
    assertThat(observation.getInterpretationFirstRep().getCodingFirstRep().getCode())
        .isEqualTo(code);
  }

  @Test
  void nothingThatWasReferredIsSaidToBeNormal() {
    assertThat(observation(result(Decision.REFER, Finding.NONE)).hasInterpretation()).isFalse();
    assertThat(observation(result(Decision.REPORT, Finding.UNKNOWN)).hasInterpretation()).isFalse();
  }

  @Test
  void itIsFiledUnderItsOrderAndItsPatient() {
    Bundle bundle = roundTrip(result(Decision.REPORT));
    Observation observation = (Observation) bundle.getEntry().get(0).getResource();
    DiagnosticReport report = (DiagnosticReport) bundle.getEntry().get(1).getResource();
    for (Reference order : List.of(observation.getBasedOnFirstRep(), report.getBasedOnFirstRep())) {
      assertThat(order.getIdentifier().getValue()).isEqualTo("ACC-1");
      assertThat(order.getIdentifier().getType().getCodingFirstRep().getCode()).isEqualTo("ACSN");
    }
    for (Reference patient : List.of(observation.getSubject(), report.getSubject())) {
      assertThat(patient.getIdentifier().getValue()).isEqualTo("p-1");
    }
    ClassificationResult bare = result(Decision.REPORT);
    bare.setAccessionNumber(null);
    bare.setPatientPseudonym(null);
    assertThat(observation(bare).hasBasedOn()).isFalse();
    assertThat(observation(bare).hasSubject()).isFalse();
  }

  static Stream<ClassificationResult> results() {
    ClassificationResult bare = result(Decision.REPORT);
    bare.setAccessionNumber(null);
    bare.setPatientPseudonym(null);
    Stream<ClassificationResult> filed =
        Stream.of(Decision.REPORT, Decision.REFER)
            .flatMap(decision -> Stream.of(Finding.values()).map(each -> result(decision, each)));
    return Stream.concat(Stream.of(bare), filed);
  }

  @ParameterizedTest
  @MethodSource("results")
  void theBridgeInJavaScriptMakesTheSame(ClassificationResult result) throws Exception {
    Path bridge = Path.of("../node/fhir-bridge.js").toAbsolutePath().normalize();
    String script =
        "const {bundle} = require(%s); console.log(JSON.stringify(bundle(%s)))"
            .formatted(quoted(bridge.toString()), asJson(result));
    Process node;
    try {
      node = new ProcessBuilder("node", "-e", script).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: there is no node");
      return;
    }
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(said).isZero();
    ObjectMapper json = new ObjectMapper();
    // Through the parser, so that the order of fields does not matter.
    JsonNode theirs = json.readTree(STRICT.encodeResourceToString(STRICT.parseResource(said)));
    JsonNode ours = json.readTree(STRICT.encodeResourceToString(FhirBundles.of(result)));
    assertThat(normal(theirs)).isEqualTo(normal(ours));
  }

  /** Without trailing zeros, and with one way to write UTC. */
  private static String normal(JsonNode node) {
    return node.toString().replace("+00:00", "Z").replaceAll("(\\.\\d*?[1-9])0+([,}])", "$1$2");
  }

  private static Bundle roundTrip(ClassificationResult result) {
    String json = STRICT.encodeResourceToString(FhirBundles.of(result));
    return STRICT.parseResource(Bundle.class, json);
  }

  private static String quoted(String text) throws IOException {
    return JsonMapper.builder().build().writeValueAsString(text);
  }

  /** As a JavaScript consumer decodes it. */
  private static String asJson(ClassificationResult result) throws IOException {
    return """
        {"resultId": "%s", "studyInstanceUid": "%s", "label": "%s", "decision": "%s",
         "bodyPart": "WRIST", "modality": "DX", "laterality": "L", "viewPosition": "PA",
         "referReason": "%s", "processedAt": %d, "finding": "%s",
         "accessionNumber": %s, "patientPseudonym": %s,
         "model": {"name": "%s", "version": "%s", "sha256": "%s"},
         "probabilities": [{"label": "HEALTHY", "probability": 0.1},
           {"label": "FRACTURED", "probability": 0.85}, {"label": "BEYOND_REPAIR", "probability": 0.05}]}
        """
        .formatted(
            result.getResultId(),
            result.getStudyInstanceUid(),
            result.getLabel(),
            result.getDecision(),
            Objects.requireNonNullElse(result.getReferReason(), ""),
            result.getProcessedAt().toEpochMilli(),
            result.getFinding(),
            quoted(result.getAccessionNumber()),
            quoted(result.getPatientPseudonym()),
            result.getModel().getName(),
            result.getModel().getVersion(),
            result.getModel().getSha256());
  }

  private static Observation observation(ClassificationResult result) {
    return (Observation) roundTrip(result).getEntry().get(0).getResource();
  }

  private static ClassificationResult result(Decision decision) {
    return result(decision, decision == Decision.REFER ? Finding.DOUBT : Finding.DEFINITE);
  }

  private static ClassificationResult result(Decision decision, Finding finding) {
    return ClassificationResult.newBuilder()
        .setResultId("0123456789abcdef0123456789abcdef")
        .setEventId("e1")
        .setStudyInstanceUid("1.2.3")
        .setFacility("ward-7")
        .setBodyPart("WRIST")
        .setModality("DX")
        .setLaterality("L")
        .setAccessionNumber("ACC-1")
        .setPatientPseudonym("p-1")
        .setFinding(finding)
        .setViewPosition("PA")
        .setPriority(Priority.ROUTINE)
        .setLabel(Label.FRACTURED)
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, 0.1),
                new LabelProbability(Label.FRACTURED, 0.85),
                new LabelProbability(Label.BEYOND_REPAIR, 0.05)))
        .setAbnormalProbability(0.9)
        .setConfidence(0.85)
        .setDecision(decision)
        .setReferReason(decision == Decision.REFER ? "LOW_CONFIDENCE" : null)
        .setResearchUseOnly(true)
        .setModel(new ModelRef("osteon-s", "3", "ab12"))
        .setImage(new ImageSummary("cd34", "image/jpeg", 10, 20, null, null))
        .setTiming(new Timing(1L, 2L, 3L, 6L))
        .setBatchSize(1)
        .setProcessedAt(Instant.parse("2026-11-23T04:00:00Z"))
        .build();
  }
}
