package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/**
 * A second version beside the one that answers: it is compared, and no reader of results notices
 * it.
 */
@Tag("integration")
class ShadowTest {
  private static final int PICTURES = 12;
  private static final int GROUP = 10;

  @TempDir private Path folder;

  @Test
  void aShadowChangesNoResultIsComparedImageByImageAndPromoted() throws Exception {
    ModelVersion swapped = AlteredVersion.SWAPPED.of(Deployed.NEWEST, folder);
    try (Hospital hospital = hospital();
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      String active = Deployed.NEWEST.toString();
      assertThat(model(hospital, "deploy", active).status()).isZero();
      hospital.ward.publish(60);
      List<Evidence.Result> alone = hospital.ward.evidence(true).results();

      assertThat(model(hospital, "deploy", "--shadow", swapped.folder().toString()).status())
          .isZero();
      await().until(() -> shows(port, "osteon_shadow_model", "swapped"));
      for (int i = 1; i <= 6; i++) {
        // No more at once than a shadow holds, so that none is dropped.
        hospital.ward.publish(GROUP);
        double compared = i * GROUP;
        await().until(() -> fate(port, "compared") == compared);
      }
      assertThat(fate(port, "behind")).isZero();
      assertThat(fate(port, "failed")).isZero();
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(120);
      Map<Integer, Answer> before = answers(alone);
      assertThat(before).hasSize(PICTURES);
      assertThat(answers(evidence.results())).isEqualTo(before);
      assertThat(confusion(port)).isEqualTo(swapped(evidence.results()));
      assertThat(Scrape.of(port).sum("osteon_shadow_confidence_ratio_sum"))
          .as("the same softmax in another order")
          .isCloseTo(
              Scrape.of(port).sum("osteon_shadow_active_confidence_ratio_sum"),
              org.assertj.core.data.Offset.offset(.05));

      assertThat(model(hospital, "list", Deployed.MODELS.toString(), "--deployed").out())
          .contains("active    " + Deployed.LABEL, "shadow    osteon-s/swapped");
      assertThat(model(hospital, "diff").out())
          .contains("\"" + Deployed.NUMBER + "\" → \"swapped\"");
      assertThat(model(hospital, "promote").status()).isZero();
      await().until(() -> service.modelLabel().equals("osteon-s/swapped"));
      await().until(() -> Scrape.of(port).of("osteon_shadow_model").isEmpty());
      assertThat(Scrape.of(port).of("osteon_shadow_labels_total")).isEmpty();
      assertThat(model(hospital, "promote").err()).contains("No version runs as the shadow");
      assertThat(model(hospital, "rollback").status()).isZero();
      await().until(() -> service.modelLabel().equals(Deployed.LABEL));
      hospital.ward.publish(GROUP);
      Evidence last = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(last));
      assertThat(last.results()).hasSize(130);
      assertThat(answers(last.results())).isEqualTo(before);
    }
  }

  @Test
  void aShadowThatHangsFailsOrIsNotWhatItSaysConcernsNoImage() throws Exception {
    Path two = Deployed.NEWEST;
    ModelVersion slow = AlteredVersion.SLOW.of(two, folder);
    ModelVersion failing = AlteredVersion.FAILING.of(two, folder);
    try (Hospital hospital = hospital();
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      Deployed.shadow(hospital, slow, slow.folder().toUri());
      await().until(() -> shows(port, "osteon_shadow_model", "slow"));
      hospital.ward.publish(60);
      hospital.ward.evidence(true);
      await().until(() -> change(port, "lost") == 1);
      await().until(() -> Scrape.of(port).of("osteon_shadow_model").isEmpty());
      assertThat(service.health().notReady()).isEmpty();

      Deployed.shadow(hospital, failing, failing.folder().toUri());
      await().until(() -> shows(port, "osteon_shadow_model", "failing"));
      hospital.ward.publish(GROUP);
      await().until(() -> fate(port, "failed") == GROUP);
      assertThat(fate(port, "compared")).isZero();
      hospital.ward.publish(GROUP);
      await().until(() -> change(port, "lost") == 2);
      await().until(() -> Scrape.of(port).of("osteon_shadow_model").isEmpty());

      Files.delete(slow.folder().resolve("model.pt"));
      Deployed.shadow(hospital, slow, slow.folder().toUri());
      await().until(() -> change(port, "refused") == 1);
      assertThat(Scrape.of(port).of("osteon_shadow_model")).isEmpty();

      hospital.ward.publish(GROUP);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(60 + 3 * GROUP);
      assertThat(evidence.results())
          .allSatisfy(
              result ->
                  assertThat(result.value().getModel().getVersion()).isEqualTo(Deployed.NUMBER));
      assertThat(service.modelLabel()).isEqualTo(Deployed.LABEL);
      assertThat(service.health().notReady()).isEmpty();
    }
  }

  /** What a result says of an image, beyond which event it is of. */
  private record Answer(Label label, List<Double> probabilities, String decision) {
    static Answer of(ClassificationResult result) {
      return new Answer(
          result.getLabel(),
          result.getProbabilities().stream().map(p -> p.getProbability()).toList(),
          result.getDecision() + " " + result.getReferReason());
    }
  }

  /** By picture; each picture must always have had the same. */
  private static Map<Integer, Answer> answers(List<Evidence.Result> results) {
    Map<Integer, Answer> answers = new TreeMap<>();
    for (Evidence.Result result : results) {
      if (!result.value().getModel().getVersion().equals(Deployed.NUMBER)) {
        continue;
      }
      int picture = Integer.parseInt(result.eventId().substring(1)) % PICTURES;
      Answer answer = Answer.of(result.value());
      assertThat(answers.computeIfAbsent(picture, p -> answer)).isEqualTo(answer);
    }
    return answers;
  }

  /** What the metrics say, without the pairs that never were. */
  private static Map<String, Double> confusion(int port) throws Exception {
    Map<String, Double> counts = new TreeMap<>();
    for (Scrape.Sample sample : Scrape.of(port).of("osteon_shadow_labels_total")) {
      assertThat(sample.labels())
          .containsEntry("version", Deployed.NUMBER)
          .containsEntry("shadow_version", "swapped");
      if (sample.value() > 0) {
        counts.put(
            sample.labels().get("label") + " " + sample.labels().get("shadow_label"),
            sample.value());
      }
    }
    return counts;
  }

  /** What they must say, from the results of the last sixty events. */
  private static Map<String, Double> swapped(List<Evidence.Result> results) {
    Map<String, Double> counts = new TreeMap<>();
    for (Evidence.Result result : results) {
      if (Integer.parseInt(result.eventId().substring(1)) >= 60) {
        Label label = result.value().getLabel();
        Label other =
            switch (label) {
              case HEALTHY -> Label.FRACTURED;
              case FRACTURED -> Label.HEALTHY;
              default -> label;
            };
        counts.merge(label + " " + other, 1.0, Double::sum);
      }
    }
    return counts;
  }

  private static double fate(int port, String fate) throws Exception {
    return value(port, "osteon_shadow_images_total", "fate", fate);
  }

  private static double change(int port, String change) throws Exception {
    return value(port, "osteon_shadow_changes_total", "change", change);
  }

  private static double value(int port, String name, String label, String value) throws Exception {
    return Scrape.of(port).of(name).stream()
        .filter(sample -> value.equals(sample.labels().get(label)))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private static boolean shows(int port, String name, String version) throws Exception {
    return Scrape.of(port).of(name).stream()
        .anyMatch(sample -> version.equals(sample.labels().get("version")));
  }

  private static CommandRun model(Hospital hospital, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "model";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(hospital.settings, all);
  }

  private static Hospital hospital() throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        Map.of(
            // Compared by its own thresholds, of which the smallest names none.
            "model.path", Deployed.NEWEST.toString(),
            "inference.precision", "f32",
            // One image a call, so that an answer is the same to the last bit.
            "batch.max.size", "1",
            "model.shadow.share", "1"));
  }
}
