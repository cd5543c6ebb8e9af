package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart, held to the kustomize overlays, Kubernetes' model and its own schema. */
class ChartTest {
  /** Helm's library shows no hooks. */
  private static final Map<String, Object> PLAIN = Map.of("topics.hook", false);

  @BeforeEach
  void needsHelm() {
    assumeTrue(Chart.missing().isEmpty(), () -> Chart.missing().orElse(""));
  }

  @Test
  void helmFindsNothingToSayOfIt() {
    assertThat(Chart.lint().isFailed()).as(Chart.lint().getMessages().toString()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cpu-hpa", "gpu", "hospital", "hospital-full"})
  void itRendersWhatTheOverlayDoes(String overlay) throws Exception {
    assumeTrue(Manifests.canBuild(), "There is no kubectl with kustomize 4 or newer.");
    Map<String, String> kustomize = Same.normal(Manifests.objects(Manifests.shipped(overlay)));
    Map<String, String> helm = Same.normal(Chart.objects(overlay, PLAIN));
    assertThat(helm.keySet()).isEqualTo(kustomize.keySet());
    kustomize.forEach((name, object) -> assertThat(helm.get(name)).as(name).isEqualTo(object));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu", "cpu-hpa", "gpu", "hospital", "hospital-full", "secured"})
  void everythingItRendersIsWhatKubernetesTakesAndHangsTogether(String values) throws Exception {
    List<JsonNode> objects =
        Chart.objects(values, Map.of("namespace.create", true, "topics.hook", false));
    assertThat(objects).hasSizeGreaterThan(8);
    assertThat(Faults.of(objects)).isEmpty();
  }

  @Test
  void securedValuesReachWhereTheyBelong() {
    List<JsonNode> objects = Chart.objects("secured", PLAIN);
    JsonNode pod = named(objects, "Deployment", "osteon").at("/spec/template/spec");
    assertThat(pod.at("/containers/0/image").asText()).isEqualTo("osteon@sha256:" + "0".repeat(64));
    assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry");
    assertThat(pod.at("/securityContext").toString())
        .as("OpenShift gives the ids")
        .doesNotContain("runAsUser", "fsGroup")
        .contains("runAsNonRoot");
    assertThat(pod.at("/containers/0/volumeMounts").toString()).contains("/etc/osteon-tls");
    assertThat(named(objects, "ServiceAccount", "osteon").at("/metadata/annotations").toString())
        .contains("eks.amazonaws.com/role-arn");
    assertThat(named(objects, "TriggerAuthentication", "osteon").toString())
        .contains("osteon-scaler-credentials", "\"ca\"", "\"sasl\"");
    assertThat(named(objects, "ScaledObject", "osteon").toString())
        .contains("\"authenticationRef\":{\"name\":\"osteon\"}");
    assertThat(named(objects, "NetworkPolicy", "osteon-object-store").toString())
        .contains("203.0.113.0/24");
    assertThat(named(objects, "Job", "osteon-topics").toString())
        .contains("OSTEON_KAFKA_SECURITY_PROTOCOL", "osteon-topics-credentials", "/etc/osteon-tls");
    assertThat(objects.stream().filter(o -> o.path("kind").asText().equals("KafkaUser")))
        .hasSizeGreaterThan(4);
  }

  @Test
  void anotherSettingOrSecretRollsThePodsAndNothingElseDoes() {
    String one = template(Map.of());
    assertThat(template(Map.of())).isEqualTo(one);
    assertThat(template(Map.of("config.batch\\.max\\.size", "9"))).isNotEqualTo(one);
    assertThat(template(Map.of("credentials.version", "two"))).isNotEqualTo(one);
    assertThat(template(Map.of("autoscaling.maxReplicas", "6"))).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a key that there is not | replica | 3",
        "a digest that is none | image.digest | sha256:12",
        "a short name for KEDA | autoscaling.prometheus | http://prometheus:9090",
        "scaling to nothing | autoscaling.minReplicas | 0",
        "a scaler that there is not | autoscaling.kind | vpa",
        "a target's secret in plain text | deliverer.targets.portal\\.token | x",
        "a deliverer without targets | deliverer.targetCidrs | {}",
        "a secret in plain text | config.kafka\\.sasl\\.jaas\\.config | x",
      })
  void valuesThatCannotWorkAreRefused(String what, String key, String value) {
    assertThatThrownBy(() -> Chart.render("", Map.of(key, value))).as(what).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps that do not divide | partitions | 20 | does not divide",
        "another last step | autoscaling.maxReplicas | 8 | the last one",
      })
  void scalingThatCannotWorkIsRefused(String what, String key, String value, String why) {
    assertThatThrownBy(() -> Chart.render("cpu", Map.of(key, value)))
        .as(what)
        .hasMessageContaining(why);
  }

  private static String template(Map<String, Object> values) {
    return named(Chart.objects("", values), "Deployment", "osteon").at("/spec/template").toString();
  }

  private static JsonNode named(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
  }
}
