package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.cli.Osteon;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.Trees;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.KillPoint;
import org.osteon.testing.hospital.Replica;

/** Another version while events flow: which version answered which event stays exact. */
@Tag("integration")
class ModelSwitchTest {
  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ModelVersion first;

  @SuppressWarnings("NullAway.Init")
  private static ModelVersion second;

  @BeforeAll
  static void twoVersions() throws Exception {
    first = ModelVersion.read(Deployed.SMALLEST);
    second = AlteredVersion.RENAMED.of(Deployed.SMALLEST, folder);
  }

  @Test
  void replicasSwitchBetweenTwoBatchesRefuseWhatIsBrokenAndRollBack() throws Exception {
    try (Hospital hospital = hospital("exactly_once_v2");
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      hospital.ward.publish(100);
      assertThat(command(hospital, "model", "deploy", second.folder().toString())).isZero();
      hospital.ward.publish(300);
      await().until(() -> service.modelLabel().equals(second.label()));
      hospital.ward.publish(60);
      assertThat(command(hospital, "model", "deploy", first.folder().toString())).isZero();
      await().until(() -> service.modelLabel().equals(first.label()));
      hospital.ward.publish(60);

      Path broken = folder.resolve("broken");
      Trees.copy(second.folder(), broken);
      byte[] graph = Files.readAllBytes(broken.resolve("model.pt"));
      graph[graph.length / 2] ^= 1;
      Files.write(broken.resolve("model.pt"), graph);
      Deployed.version(hospital, second, broken.toUri());
      await().until(() -> switches(port, "refused") == 1);
      assertThat(service.modelLabel()).isEqualTo(first.label());
      assertThat(service.health().notReady()).isEmpty();
      // What was on its way has come: it is tried again without being asked.
      Files.copy(
          second.folder().resolve("model.pt"),
          broken.resolve("model.pt"),
          StandardCopyOption.REPLACE_EXISTING);
      await().until(() -> service.modelLabel().equals(second.label()));

      assertThat(command(hospital, "model", "rollback")).isZero();
      await().until(() -> service.modelLabel().equals(first.label()));
      hospital.ward.publish(40);
      Evidence evidence = hospital.ward.evidence(true);
      promises(evidence, true);
      assertThat(evidence.results()).hasSize(560);
      assertThat(versions(evidence)).containsExactlyInAnyOrder(number(first), number(second));
      assertThat(switches(port, "switched")).isEqualTo(4);
      assertThat(Scrape.of(port).of("osteon_model"))
          .as("one model answers")
          .singleElement()
          .satisfies(s -> assertThat(s.labels()).containsEntry("version", number(first)));
    }
  }

  @Test
  void aReplicaThatStartsRunsWhatWasDeployed() throws Exception {
    try (Hospital hospital = hospital("exactly_once_v2")) {
      Deployed.version(hospital, second, second.folder().toUri());
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        assertThat(service.modelLabel()).isEqualTo(second.label());
      }
    }
  }

  /** Replicas die right after they switched, with images in both models, or inside a batch. */
  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2, AFTER_THE_SWITCH",
    "exactly_once_v2, INSIDE_A_BATCH",
    "at_least_once, AFTER_THE_SWITCH"
  })
  void whichVersionAnsweredIsExactWhenReplicasDieInTheMiddleOfASwitch(
      String guarantee, KillPoint point) throws Exception {
    try (Hospital hospital = hospital(guarantee)) {
      int occurrence = point == KillPoint.AFTER_THE_SWITCH ? 1 : 12;
      List<Replica> doomed =
          List.of(
              hospital.startToBeKilled(point, occurrence),
              hospital.startToBeKilled(point, occurrence));
      for (Replica replica : doomed) {
        await().until(replica::isUp);
      }
      hospital.ward.publish(100);
      hospital.ward.evidence(true);
      Deployed.version(hospital, second, second.folder().toUri());
      for (Replica replica : doomed) {
        await()
            .until(
                () -> {
                  hospital.ward.publish(20);
                  return !replica.isAlive();
                });
        assertThat(replica.exitStatus()).as(replica.log()).isEqualTo(Replica.KILLED);
        hospital.start();
      }
      hospital.ward.publish(100);
      Evidence evidence = hospital.ward.evidence(true);
      boolean exactlyOnce = guarantee.equals("exactly_once_v2");
      promises(evidence, exactlyOnce);
      assertThat(versions(evidence)).containsExactlyInAnyOrder(number(first), number(second));
      // Those published last were answered by replicas that began with what was deployed.
      Set<String> last =
          evidence
              .published()
              .subList(evidence.published().size() - 100, evidence.published().size())
              .stream()
              .map(Evidence.Published::eventId)
              .collect(Collectors.toSet());
      assertThat(evidence.results())
          .filteredOn(result -> last.contains(result.eventId()))
          .allSatisfy(
              result ->
                  assertThat(result.value().getModel().getVersion()).isEqualTo(number(second)));
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsOnly(0);
    }
  }

  private static void promises(Evidence evidence, boolean exactlyOnce) {
    // At least once, an event that comes again after a switch has a second result, of the other
    // version, with an id of its own.
    List<Guarantee> promises =
        exactlyOnce
            ? Guarantee.of(true)
            : List.of(
                Guarantee.NOTHING_IS_LOST,
                Guarantee.ORDER_WITHIN_A_STUDY,
                Guarantee.KEYS_AND_BYTES_ARE_KEPT);
    promises.forEach(promise -> promise.check(evidence));
    Map<String, String> digests =
        Map.of(
            number(first), first.sha256(),
            number(second), second.sha256());
    for (Evidence.Result result : evidence.results()) {
      String version = result.value().getModel().getVersion();
      assertThat(result.value().getModel().getSha256()).isEqualTo(digests.get(version));
    }
    // The id is a pure function of event, image and version: it tells them apart.
    Map<String, Set<String>> versionsOfIds =
        evidence.results().stream()
            .collect(
                Collectors.groupingBy(
                    Evidence.Result::resultId,
                    Collectors.mapping(
                        result -> result.value().getModel().getVersion(), Collectors.toSet())));
    assertThat(versionsOfIds.values()).allSatisfy(versions -> assertThat(versions).hasSize(1));
  }

  private static String number(ModelVersion version) {
    return version.manifest().version();
  }

  private static Set<String> versions(Evidence evidence) {
    return evidence.results().stream()
        .map(result -> result.value().getModel().getVersion())
        .collect(Collectors.toSet());
  }

  private static double switches(int port, String outcome) throws Exception {
    return Scrape.of(port).of("osteon_model_switches_total").stream()
        .filter(sample -> outcome.equals(sample.labels().get("outcome")))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private static int command(Hospital hospital, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    hospital.settings.texts().forEach((key, value) -> all.add("--set=" + key + "=" + value));
    return Osteon.commandLine().execute(all.toArray(new String[0]));
  }

  private static Hospital hospital(String guarantee) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        guarantee,
        "classic",
        Map.of());
  }
}
