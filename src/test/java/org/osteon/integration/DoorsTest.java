package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osteon.config.Settings;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.AclTable;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.SecureHospital;
import org.osteon.testing.hospital.Ward;
import org.osteon.testing.server.GuardedRegistry;
import org.osteon.testing.server.SecureBroker.Door;

/**
 * Client certificates and OAuth at the broker, TLS and a password at the registry. {@link AclsTest}
 * comes with SCRAM.
 */
@Tag("integration")
class DoorsTest {
  private static final int IMAGES = 20;

  private SecureHospital hospital;
  private GuardedRegistry registry;

  @BeforeEach
  void open() throws Exception {
    hospital = new SecureHospital();
    hospital.grant(AclTable.all());
    registry =
        GuardedRegistry.start(
            Platform.registry().url(), hospital.broker().certificates(), hospital.password());
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
    hospital.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MUTUAL", "OAUTH"})
  void imagesGoInAndResultsComeOut(Door door) throws Exception {
    Map<String, String> guarded = guarded(hospital.password());
    Settings service = hospital.settings(door, AclTable.SERVICE, guarded);
    try (OsteonService running = OsteonService.start(service, Hooks.none());
        Ward ward =
            new Ward(
                hospital.settings(door, "publisher", guarded),
                hospital.settings(door, "consumer", guarded))) {
      ward.publish(IMAGES);
      ward.awaitSends();
      Evidence evidence = ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(IMAGES);
      assertThat(running.health().fatal()).isEmpty();
    }
  }

  @Test
  void whoHasNotWhatADoorAsksForIsToldInASentenceBeforeAnythingIsConsumed() {
    Map<String, String> noCertificate =
        Map.of(
            "kafka.ssl.keystore.location", "",
            "kafka.ssl.keystore.type", "",
            "kafka.ssl.keystore.password", "");
    refused(Door.MUTUAL, noCertificate, "check kafka.sasl.* and kafka.ssl.*");

    Map<String, String> wrongSecret =
        Map.of(
            "kafka.sasl.jaas.config",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"osteon\" clientSecret=\"another\";");
    refused(
        Door.OAUTH, wrongSecret, "Kafka's client refuses bootstrap.servers or a kafka.* setting");

    refused(
        Door.MUTUAL,
        guarded("another"),
        "The schema registry answers 401: check schema.registry.basic.auth.*");

    Map<String, String> untrusted = guarded(hospital.password());
    untrusted.keySet().removeIf(key -> key.contains("truststore"));
    refused(
        Door.MUTUAL,
        untrusted,
        "The schema registry's certificate is not trusted: check schema.registry.ssl.*");
  }

  private Map<String, String> guarded(String password) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("schema.registry.url", registry.url());
    settings.put("schema.registry.basic.auth.user.info", GuardedRegistry.USER + ":" + password);
    hospital.broker().trust(settings, "schema.registry.ssl.");
    return settings;
  }

  private void refused(Door door, Map<String, String> more, String sentence) {
    Settings settings = hospital.settings(door, AclTable.SERVICE, more);
    assertThatThrownBy(() -> OsteonService.start(settings, Hooks.none()).close())
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining(hospital.password())
        .hasMessageNotContaining("\n");
  }
}
