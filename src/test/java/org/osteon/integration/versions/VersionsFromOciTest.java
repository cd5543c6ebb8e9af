package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.service.rollout.ModelSource;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.SigningKey;
import org.osteon.testing.Trees;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.server.OciRegistry;

/** Against Debian's registry: pushed once, pulled once, and only when it is right ever found. */
@Tag("integration")
class VersionsFromOciTest {
  private static final ModelVersion ONE = ModelVersion.read(Deployed.MODELS.resolve("1"));

  @TempDir private Path folder;
  private OciRegistry registry;
  private String base;
  private FetchedVersions versions;

  @BeforeEach
  void serve() throws Exception {
    assumeTrue(
        OciRegistry.installed(), "There is no docker-registry: install Debian's package of it.");
    registry = OciRegistry.launch();
    base = "oci://" + registry.host() + "/models/osteon-s";
    versions =
        new FetchedVersions(
            Map.of(
                "model.oci.repositories", registry.host() + "/models/", "model.oci.plain", "true"),
            folder.resolve("cache"));
  }

  @AfterEach
  void stop() throws Exception {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void aVersionThatIsPushedIsPulledOnceAndThenNeedsTheRegistryNoMore() throws Exception {
    String there = push(ONE.folder(), "1");
    assertThat(there).startsWith(base + "@sha256:");
    assertThat(push(ONE.folder(), "1")).as("the same again").isEqualTo(there);
    for (String address : new String[] {base + ":1", there}) {
      try (ModelSource source =
          versions.source(Map.of("model.cache", folder.resolve(address).toString()))) {
        ModelVersion pulled = source.at(address);
        assertThat(pulled.sha256()).isEqualTo(ONE.sha256());
        for (String file : ONE.manifest().files().keySet()) {
          assertThat(pulled.folder().resolve(file))
              .hasSameBinaryContentAs(ONE.folder().resolve(file));
        }
      }
    }
    try (ModelSource source = versions.source(Map.of())) {
      ModelVersion pulled = source.at(base + ":1");
      registry.kill();
      assertThat(source.of(FetchedVersions.deployed(ONE.sha256(), base + ":1"))).isEqualTo(pulled);
      assertThat(Trees.names(folder.resolve("cache"))).containsExactly(ONE.sha256());
    }
  }

  @Test
  void whatIsNotRightIsRefusedInOneSentenceAndLeavesNothing() throws Exception {
    push(ONE.folder(), "1");
    CommandRun other = run("model", "push", Deployed.NEWEST.toString(), base + ":1");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("a version never changes").hasLineCount(1);
    versions.assertRefused(base + ":7", Map.of(), "there is no " + base + ":7/model.json");
    versions.assertRefused("oci://elsewhere/x:1", Map.of(), "not among model.oci.repositories");
    versions.assertRefused(base, Map.of(), "oci://host/repository:tag");
    try (ModelSource none = new ModelSource(Settings.of(Map.of()))) {
      assertThatThrownBy(() -> none.at(base + ":1"))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("name its repository in model.oci.repositories");
    }
    try (ModelSource source = versions.source(Map.of())) {
      assertThatThrownBy(() -> source.of(FetchedVersions.deployed("ab".repeat(32), base + ":1")))
          .hasMessageContaining("is not the one that was deployed");
    }
    try (Stream<Path> blobs = Files.walk(registry.data())) {
      Path largest =
          blobs
              .filter(Files::isRegularFile)
              .max(java.util.Comparator.comparing(file -> file.toFile().length()))
              .orElseThrow();
      Trees.spoil(largest);
    }
    try (ModelSource source = versions.source(Map.of())) {
      assertThatThrownBy(() -> source.at(base + ":1")).isInstanceOf(ModelRefusedException.class);
    }
    registry.kill();
    versions.assertRefused(base + ":1", Map.of(), "the registry " + registry.host());
    assertThat(Trees.names(folder.resolve("cache"))).isEmpty();
  }

  @Test
  void replicasPullWhatIsDeployedAndSigned() throws Exception {
    SigningKey key = SigningKey.make(folder, "ours");
    Path signed = Trees.copy(ONE.folder(), folder.resolve("signed"));
    push(Deployed.NEWEST, "unsigned");
    CommandRun sign =
        CommandRun.of("model", "sign", signed.toString(), "--key", key.secret().toString());
    assertThat(sign.status()).as(sign.err()).isZero();
    String there = push(signed, "1");
    Map<String, String> keys = Map.of("model.trusted.keys", key.open().toString());
    versions.assertRefused(base + ":unsigned", keys, "it has no model.json.sig");
    Map<String, String> settings = new TreeMap<>(versions.settings(keys));
    settings.put("model.path", there);
    try (Hospital hospital =
            new Hospital(
                Platform.broker().bootstrapServers(),
                Platform.registry().url(),
                "exactly_once_v2",
                "classic",
                settings);
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      assertThat(service.modelLabel()).isEqualTo("osteon-s/1");
      hospital.ward.publish(20);
      Path next = Trees.copy(Deployed.NEWEST, folder.resolve("next"));
      CommandRun.of("model", "sign", next.toString(), "--key", key.secret().toString());
      push(next, "next");
      CommandRun deployed = CommandRun.of(hospital.settings, "model", "deploy", base + ":next");
      assertThat(deployed.status()).as(deployed.err()).isZero();
      await().until(() -> service.modelLabel().equals(Deployed.LABEL));
      hospital.ward.publish(20);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(40);
    }
  }

  private String push(Path version, String tag) throws Exception {
    CommandRun pushed = run("model", "push", version.toString(), base + ":" + tag);
    assertThat(pushed.status()).as(pushed.err()).isZero();
    return pushed.out().strip().replaceFirst("^.* lies at ", "");
  }

  private CommandRun run(String... arguments) throws Exception {
    return CommandRun.of(Settings.of(versions.settings(Map.of())), arguments);
  }
}
