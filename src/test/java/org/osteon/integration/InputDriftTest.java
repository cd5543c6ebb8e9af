package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.Trees;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Hospital;

/** What comes in against what the version says that it was made from. */
@Tag("integration")
class InputDriftTest {
  private static final int IMAGES = 60;

  /** Every picture is as large and as grey as this says, and none is as sure. */
  private static final String REFERENCE =
      """
      {"images": 10, "features": {
        "size": {"edges": [100000], "shares": [1, 0]},
        "grey": {"edges": [256], "shares": [1, 0]},
        "confidence": {"edges": [2], "shares": [0, 1]}}}
      """;

  @TempDir private Path folder;

  @Test
  void aFeatureThatIsAnotherIsSeenAndOneThatIsTheSameIsNot() throws Exception {
    Path version = Trees.copy(Deployed.NEWEST, folder.resolve(Deployed.NUMBER));
    ShippedModel.replace(version, "reference.json", REFERENCE);
    try (Hospital hospital =
            new Hospital(
                Platform.broker().bootstrapServers(),
                Platform.registry().url(),
                "exactly_once_v2",
                "classic",
                Map.of(
                    "model.path", version.toString(),
                    "drift.window", "100",
                    "drift.facilities", "1"));
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      assertThat(drift(port, "size")).isNaN();
      hospital.ward.publish(IMAGES);
      hospital.ward.evidence(true);
      await()
          .untilAsserted(
              () -> {
                assertThat(value(port, "osteon_input_drift_images", "grey")).isEqualTo(IMAGES);
                assertThat(value(port, "osteon_input_drift_images", "size")).isEqualTo(IMAGES);
              });
      assertThat(drift(port, "size")).isLessThan(.01);
      assertThat(drift(port, "grey")).isLessThan(.01);
      assertThat(drift(port, "confidence")).isGreaterThan(5);
      assertThat(drift(port, "body_part")).isNaN();

      // The ward is one facility, so what is true of all is true of it.
      String ofFacility = "osteon_input_drift_by_facility";
      assertThat(value(port, ofFacility + "_images", "grey")).isEqualTo(IMAGES);
      assertThat(value(port, ofFacility + "_images", "size")).isEqualTo(IMAGES);
      assertThat(value(port, ofFacility, "grey")).isLessThan(.01);
      assertThat(value(port, ofFacility, "confidence")).isGreaterThan(5);

      Deployed.version(hospital, "1");
      await().until(() -> service.modelLabel().equals("osteon-s/1"));
      await().until(() -> Double.isNaN(drift(port, "confidence")));
      assertThat(Scrape.of(port).of(ofFacility)).isEmpty();
    }
  }

  private static double drift(int port, String feature) throws Exception {
    return value(port, "osteon_input_drift", feature);
  }

  private static double value(int port, String name, String feature) throws Exception {
    return Scrape.of(port).of(name).stream()
        .filter(sample -> feature.equals(sample.labels().get("feature")))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
