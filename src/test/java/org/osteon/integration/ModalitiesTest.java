package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Severity;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/** What is no radiograph by its header, as configured. */
@Tag("integration")
class ModalitiesTest {
  private static final int MODALITY = 0x0008_0060;
  private static final int LATERALITY = 0x00200062;
  private static final int VIEW = 0x00185101;

  @Test
  void othersAreForAPersonToDecideAndPageNobody() throws Exception {
    Evidence evidence = evidence(Map.of("alerts.urgent.probability", "0.01"), "");
    assertThat(evidence.results()).hasSize(6);
    assertThat(evidence.deadLetters()).isEmpty();
    assertThat(evidence.results())
        .filteredOn(each -> "UNSUPPORTED_MODALITY".equals(each.value().getReferReason()))
        .hasSize(3)
        .allMatch(each -> each.value().getDecision() == Decision.REFER);
    assertThat(evidence.alerts())
        .filteredOn(alert -> Integer.parseInt(alert.getEventId().substring(1)) % 2 == 1)
        .hasSize(3)
        .allMatch(alert -> alert.getSeverity() == Severity.REVIEW);
  }

  @Test
  void orDeadLettersWithTheirReasonAndTheOriginal() throws Exception {
    Evidence evidence =
        evidence(Map.of("modalities.others", "dead-letter"), "UNSUPPORTED_MODALITY");
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.results()).hasSize(3);
    assertThat(evidence.deadLetters()).hasSize(3);
  }

  @Test
  void whatIsNamedIsARadiograph() throws Exception {
    Evidence evidence = evidence(Map.of("modalities", "DX, MR"), "");
    assertThat(evidence.results())
        .hasSize(6)
        .noneMatch(each -> "UNSUPPORTED_MODALITY".equals(each.value().getReferReason()));
    // The events say nothing of these but the schema's default.
    assertThat(evidence.results().stream().map(each -> view(each.value())))
        .containsOnly("DX null null", "MR L PA")
        .filteredOn("MR L PA"::equals)
        .hasSize(3);
  }

  private static String view(ClassificationResult result) {
    return result.getModality() + " " + result.getLaterality() + " " + result.getViewPosition();
  }

  /** Three in DX and three in MR, in turns. */
  private static Evidence evidence(Map<String, String> settings, String poison) throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            settings)) {
      for (int i = 0; i < 3; i++) {
        byte[] dx = DicomFiles.drawn(i, Kind.FRACTURED, 300, 200);
        hospital.ward.publish(dx, "");
        hospital.ward.publish(
            DicomFiles.drawn(
                i, Kind.FRACTURED, 300, 200, Map.of(MODALITY, "MR", LATERALITY, "L", VIEW, "PA")),
            poison);
      }
      hospital.ward.awaitSends();
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        assertThat(service.health().notAlive().isEmpty()).isTrue();
        return evidence;
      }
    }
  }
}
