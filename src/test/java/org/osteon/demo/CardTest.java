package org.osteon.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.event.Finding;
import org.osteon.model.ShippedModel;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** What the card says people receive is what the service publishes of the test split. */
@Tag("integration")
class CardTest {
  private static final Path RADIOGRAPHS =
      Path.of(System.getProperty("osteon.root", "..")).resolve("../shared/data/xrays").normalize();

  /** Arithmetic in batches of other sizes moves a probability across a threshold now and then. */
  private static final int MOVED = 2;

  @Test
  void theCardCountsWhatWasPublished() throws Exception {
    assumeTrue(
        Files.exists(RADIOGRAPHS.resolve("manifest.csv")),
        "There are no radiographs in ../shared/data/xrays.");
    Path version = ShippedModel.folder();
    JsonNode card =
        new ObjectMapper()
            .readTree(version.resolve("model.json").toFile())
            .at("/metrics/operatingPoints/findings");
    assumeTrue(card.isObject(), version + " was published before cards counted findings.");
    Demo.Options options =
        new Demo.Options(
            RADIOGRAPHS,
            "test",
            0,
            Afterwards.END,
            version,
            0,
            Map.of("inference.precision", "f32"));
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
      Demo demo = new Demo(options, silent, false);
      assertThat(demo.run()).isTrue();
      for (Kind kind : Kind.values()) {
        JsonNode counted = card.get(kind.name());
        Map<Finding, Integer> published = demo.received().findings(kind);
        for (Finding finding :
            new Finding[] {Finding.NONE, Finding.DOUBT, Finding.DEFINITE, Finding.CRITICAL}) {
          assertThat(published.getOrDefault(finding, 0))
              .as("%s found %s", kind, finding)
              .isCloseTo(counted.path(finding.name()).asInt(), within(MOVED));
        }
        assertThat(demo.received().barred(kind))
            .isCloseTo(counted.path("NOT_A_RADIOGRAPH").asInt(), within(MOVED));
      }
    }
  }
}
