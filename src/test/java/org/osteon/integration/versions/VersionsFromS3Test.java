package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
import org.osteon.testing.Scrape;
import org.osteon.testing.SigningKey;
import org.osteon.testing.Trees;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.server.S3Server;

/** Against a real S3 server: fetched once, verified, and only when it is right ever found. */
@Tag("integration")
class VersionsFromS3Test {
  private static final String BASE = "s3://" + S3Server.BUCKET + "/models/osteon-s/";
  private static final ModelVersion ONE = ModelVersion.read(Deployed.MODELS.resolve("1"));

  @TempDir private Path folder;
  private S3Server server;
  private Path stored;
  private FetchedVersions versions;

  @BeforeEach
  void serve() throws Exception {
    server = S3Server.launch();
    versions =
        new FetchedVersions(
            Map.of(
                "fetch.s3.endpoint",
                server.endpoint(),
                "fetch.s3.path.style",
                "true",
                "model.s3.buckets",
                S3Server.BUCKET + "/models/"),
            folder.resolve("cache"));
    stored = server.bucket().resolve("models/osteon-s");
    Trees.copy(Deployed.MODELS.resolve("1"), stored.resolve("1"));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aVersionIsFetchedOnceAndThenNeedsTheStoreNoMore() throws Exception {
    try (ModelSource source = versions.source(Map.of())) {
      ModelVersion fetched = source.at(BASE + "1");
      assertThat(fetched.sha256()).isEqualTo(ONE.sha256());
      assertThat(fetched.folder()).isEqualTo(folder.resolve("cache").resolve(ONE.sha256()));
      for (String file : ONE.manifest().files().keySet()) {
        assertThat(fetched.folder().resolve(file))
            .hasSameBinaryContentAs(ONE.folder().resolve(file));
      }
      server.kill();
      assertThat(source.of(FetchedVersions.deployed(ONE.sha256(), BASE + "1"))).isEqualTo(fetched);
      assertThat(Trees.names(folder.resolve("cache"))).containsExactly(ONE.sha256());
      Trees.spoil(fetched.folder().resolve("model.pt"));
      assertThatThrownBy(() -> source.of(FetchedVersions.deployed(ONE.sha256(), BASE + "1")))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("the SHA-256 of model.pt");
    }
  }

  @Test
  void whatIsNotRightIsRefusedInOneSentenceAndLeavesNothing() throws Exception {
    Trees.spoil(stored.resolve("1/model.pt"));
    versions.assertRefused(BASE + "1", Map.of(), BASE + "1", "the SHA-256 of model.pt");
    Files.delete(stored.resolve("1/model.pt"));
    versions.assertRefused(BASE + "1", Map.of(), "there is no " + BASE + "1/model.pt");
    versions.assertRefused(BASE + "7", Map.of(), "there is no " + BASE + "7/model.json");
    versions.assertRefused(BASE + "../x", Map.of(), "dots that climb");
    versions.assertRefused("s3://elsewhere/1", Map.of(), "not among model.s3.buckets");
    versions.assertRefused(
        BASE + "1", Map.of("model.s3.buckets", S3Server.BUCKET + "/other/"), "model.s3.buckets");
    try (ModelSource none = new ModelSource(Settings.of(Map.of()))) {
      assertThatThrownBy(() -> none.at(BASE + "1"))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("name its bucket in model.s3.buckets");
    }
    try (ModelSource source = versions.source(Map.of())) {
      assertThatThrownBy(() -> source.of(FetchedVersions.deployed("ab".repeat(32), BASE + "1")))
          .hasMessageContaining("is not the one that was deployed");
    }
    Files.writeString(stored.resolve("1/model.json"), "{}");
    versions.assertRefused(BASE + "1", Map.of(), "is no model manifest");
    assertThat(Trees.names(folder.resolve("cache"))).isEmpty();
  }

  @Test
  void onlyWhatIsSignedIsTakenWhereKeysAreNamed() throws Exception {
    SigningKey key = SigningKey.make(folder, "ours");
    Map<String, String> keys = Map.of("model.trusted.keys", key.open().toString());
    versions.assertRefused(BASE + "1", keys, "it has no model.json.sig");
    assertThat(Trees.names(folder.resolve("cache"))).as("not even fetched").isEmpty();
    try (ModelSource trusting = versions.source(Map.of())) {
      trusting.at(BASE + "1");
    }
    CommandRun signed =
        CommandRun.of(
            "model", "sign", stored.resolve("1").toString(), "--key", key.secret().toString());
    assertThat(signed.status()).as(signed.err()).isZero();
    try (ModelSource source = versions.source(keys)) {
      assertThat(source.of(FetchedVersions.deployed(ONE.sha256(), BASE + "1")).sha256())
          .as("fetched unsigned before, signed since")
          .isEqualTo(ONE.sha256());
    }
    SigningKey other = SigningKey.make(folder, "theirs");
    versions.assertRefused(
        BASE + "1", Map.of("model.trusted.keys", other.open().toString()), "none of the trusted");
  }

  @Test
  void replicasFetchWhatIsDeployedAndGoOnWhereItIsNotSigned() throws Exception {
    SigningKey key = SigningKey.make(folder, "ours");
    Path signed = Trees.copy(Deployed.NEWEST, stored.resolve(Deployed.NUMBER));
    assertThat(
            CommandRun.of("model", "sign", signed.toString(), "--key", key.secret().toString())
                .status())
        .isZero();
    Map<String, String> settings = new TreeMap<>(versions.settings(Map.of()));
    settings.put("model.trusted.keys", key.open().toString());
    settings.put("model.path", BASE + "1");
    try (Hospital hospital = hospital(settings)) {
      assertThatThrownBy(() -> OsteonService.start(hospital.settings, Hooks.none()).close())
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("it has no model.json.sig");
    }
    settings.put("model.path", BASE + Deployed.NUMBER);
    try (Hospital hospital = hospital(settings);
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      assertThat(service.modelLabel()).isEqualTo(Deployed.LABEL);
      hospital.ward.publish(30);
      Deployed.version(hospital, ONE, java.net.URI.create(BASE + "1"));
      await()
          .until(
              () ->
                  Scrape.of(port).of("osteon_model_switches_total").stream()
                      .anyMatch(
                          s -> "refused".equals(s.labels().get("outcome")) && s.value() == 1));
      assertThat(service.modelLabel()).isEqualTo(Deployed.LABEL);
      assertThat(
              CommandRun.of(
                      "model",
                      "sign",
                      stored.resolve("1").toString(),
                      "--key",
                      key.secret().toString())
                  .status())
          .isZero();
      CommandRun deployed = CommandRun.of(hospital.settings, "model", "deploy", BASE + "1");
      assertThat(deployed.status()).as(deployed.err()).isZero();
      await().until(() -> service.modelLabel().equals("osteon-s/1"));
      hospital.ward.publish(30);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(60);
    }
  }

  private static Hospital hospital(Map<String, String> settings) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        settings);
  }
}
