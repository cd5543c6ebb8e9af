package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
  @BeforeEach
  void needsKubectl() throws Exception {
    assumeTrue(
        Manifests.canBuild(),
        "There is no kubectl with kustomize 4 or newer: install kubectl 1.22 or newer.");
  }

  static List<String> overlays() {
    return Manifests.OVERLAYS;
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyOverlayIsWhatKubernetesTakesAndHangsTogether(String overlay) throws Exception {
    List<JsonNode> objects = Manifests.objects(Manifests.shipped(overlay));
    assertThat(objects).hasSizeGreaterThan(5);
    assertThat(Faults.of(objects)).isEmpty();
  }

  @Test
  void theGpuOverlayTakesOneGpuAPodAndNeedsNoSpareOne() throws Exception {
    JsonNode deployment =
        Manifests.objects(Manifests.shipped("gpu")).stream()
            .filter(object -> object.path("kind").asText().equals("Deployment"))
            .findFirst()
            .orElseThrow();
    JsonNode pod = deployment.at("/spec/template/spec");
    assertThat(pod.at("/containers/0/resources/limits/nvidia.com~1gpu").asText()).isEqualTo("1");
    assertThat(deployment.at("/spec/strategy/rollingUpdate/maxSurge").asInt()).isZero();
    assertThat(pod.at("/nodeSelector").size()).isPositive();
    assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
    assertThat(pod.at("/containers/0/image").asText()).isEqualTo("osteon:gpu");
  }

  /** One mistake of each kind, planted into what an overlay becomes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "an unknown field | cpu | minReadySeconds | minReadySecond",
        "a wrong type | cpu | revisionHistoryLimit: 5 | revisionHistoryLimit: five",
        "a missing field | cpu | podSelector: | podSelectors:",
        "an unknown kind | cpu | kind: PodDisruptionBudget | kind: PodDisruptionPlan",
        "a field of KEDA | cpu | pollingInterval | pollInterval",
        "a type of KEDA | cpu | maxReplicaCount: 12 | maxReplicaCount: twelve",
        "HPA behaviour of KEDA | cpu | selectPolicy: Max | selectPolicies: Max",
        "a field of the HPA | cpu-hpa | averageUtilization | averageUtilisation",
        "a volume that is not there | cpu | `mountPath: /cache\n          name: cache` | `mountPath: /cache\n          name: cash`",
        "a port that is not there | cpu | `path: /readyz\n            port: http` | `path: /readyz\n            port: web`",
        "a ConfigMap that is not there | cpu | `configMap:\n          name: osteon-` | `configMap:\n          name: osteo-`",
        "a service account that is not there | cpu | serviceAccountName: osteon | serviceAccountName: osteom",
        "a Secret that is not brought | cpu | name: osteon-credentials | name: osteon-secrets",
        "a selector that selects nothing | cpu | `selector:\n    app.kubernetes.io/name: osteon` | `selector:\n    app.kubernetes.io/name: osteom`",
        "a scaler's target | cpu | `kind: Deployment\n    name: osteon` | `kind: StatefulSet\n    name: osteon`",
        "a peer that does not exist | cpu | app: osteon-registry | app: osteon-registri",
        "a container that is root | cpu | runAsNonRoot: true | runAsNonRoot: false",
        "a writable root | cpu | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false",
        "a token | cpu | `automountServiceAccountToken: false\n      containers` | `automountServiceAccountToken: true\n      containers`",
        "a drain that is cut off | cpu | terminationGracePeriodSeconds: 75 | terminationGracePeriodSeconds: 30",
        "an unknown setting | cpu | log.format=json | log.fromat=json",
        "a setting out of range | cpu | memory.budget.mb=512 | memory.budget.mb=5",
        "a heap that is too small | cpu | -Xmx1200m | -Xmx700m",
        "a version that the image lacks | cpu | osteon-s/7 | osteon-s/99",
        "a shut out broker | cpu | osteon-kafka-bootstrap:9092 | osteon-kafka-bootstrap:9094",
        "another port | cpu | http.port=8080 | http.port=8081",
        "metrics on another port | cpu | 0.0.0.0:8081 | 0.0.0.0:8082",
        "a scraper sent to the probes | cpu | `prometheus.io/port: \"8081\"` | `prometheus.io/port: \"8080\"`",
        "probes open to the scraper | cpu | `- port: 8081\n      protocol: TCP` | `- port: 8080\n      protocol: TCP`",
        "a namespace that nothing makes | cpu | `kind: Namespace\nmetadata:\n  labels:\n    pod-security.kubernetes.io/enforce: restricted\n    pod-security.kubernetes.io/warn: restricted\n  name: osteon` | `kind: Namespace\nmetadata:\n  name: bone`",
        "a namespace that nothing makes, without KEDA | cpu-hpa | `pod-security.kubernetes.io/warn: restricted\n  name: osteon` | `pod-security.kubernetes.io/warn: restricted\n  name: bone`",
        "replicas that an autoscaler owns | cpu | `minReadySeconds: 15` | `minReadySeconds: 15\n  replicas: 2`",
        "brokers by a short name | cpu | osteon-kafka-bootstrap.osteon.svc:9092 | osteon-kafka-bootstrap:9092",
        "brokers of another namespace | cpu | osteon-kafka-bootstrap.osteon.svc:9092 | osteon-kafka-bootstrap.ward.svc:9092",
        "a Prometheus by a short name | cpu | prometheus-operated.monitoring.svc:9090 | prometheus-operated:9090",
        "a query over all namespaces | cpu | `sum(osteon_ready{namespace=\"osteon\", job=\"osteon\"})` | sum(osteon_ready)",
        "a query over all jobs | cpu | `osteon_events_total{namespace=\"osteon\", job=\"osteon\"}` | `osteon_events_total{namespace=\"osteon\"}`",
        "a capacity of other CPUs | cpu | / 120, age | / 60, age",
        "a Job with other partitions | cpu | `- \"24\"` | `- \"12\"`",
        "a Job that nothing guards | cpu | `matchLabels:\n      app.kubernetes.io/name: osteon-topics` | `matchLabels:\n      app.kubernetes.io/name: osteon`",
        "a field of the Job | cpu | ttlSecondsAfterFinished | ttlAfterFinished",
        "a field of the PodMonitor | cpu | podMetricsEndpoints | podEndpoints",
        "a field of the rules | cpu | expr: osteon_ready == 0 | exp: osteon_ready == 0",
        "the gateway on another port | hospital | gateway.dicom.port=11112 | gateway.dicom.port=104",
        "the gateway's probes elsewhere | hospital | gateway.health.listen=0.0.0.0:8081 | gateway.health.listen=0.0.0.0:8083",
        "senders whose address is lost | hospital | externalTrafficPolicy: Local | externalTrafficPolicy: Cluster",
        "a key that is not mounted | hospital | /etc/osteon-gateway/key | /etc/osteon-door/key",
        "an unknown setting of the gateway | hospital | gateway.facility | gateway.facilities",
        "a door of the gateway that nothing opens | hospital | `- port: 8042\n      protocol: TCP` | `- port: 8043\n      protocol: TCP`",
        "the listener on another port | hospital-full | reports.hl7.port=2575 | reports.hl7.port=2576",
        "the listener's probes elsewhere | hospital-full | reports.health.listen=0.0.0.0:8081 | reports.health.listen=0.0.0.0:8083",
        "a key that the listener does not see | hospital-full | /etc/osteon-listener/key | /etc/osteon-ear/key",
        "an unknown setting of the listener | hospital-full | reports.hl7.networks | reports.hl7.network",
        "identities that are not mounted | hospital-full | /etc/osteon-deliverer/identities | /etc/osteon-post/identities",
        "identities that the gateway does not see | hospital-full | /etc/osteon-gateway/identities | /etc/osteon-door/identities",
        "orders that the listener cannot seal | hospital-full | /etc/osteon-listener/identities | /etc/osteon-ear/identities",
        "a gateway that keeps no identities | hospital-full | `- name: OSTEON_IDENTITY_KEY_FILE\n          value: /etc/osteon-gateway` | `- name: ANOTHER\n          value: /etc/osteon-gateway`",
        "a listener that keeps no numbers | hospital-full | `- name: OSTEON_IDENTITY_KEY_FILE\n          value: /etc/osteon-listener` | `- name: ANOTHER\n          value: /etc/osteon-listener`",
        "identities under another key | hospital-full | `- key: identities\n                path: identities\n              name: osteon-deliverer` | `- key: identities\n                path: identities\n              name: osteon-gateway`",
        "a target without an address | hospital-full | pacs.host=10.20.0.5 | pacs.hosts=10.20.0.5",
        "a target that is shut out | hospital-full | pacs.port=104 | pacs.port=105",
        "state where nothing is mounted | hospital-full | `log.format=json\n    streams.state.dir=/cache/streams` | `log.format=json\n    streams.state.dir=/var/streams`",
        "more replicas than partitions | cpu | `partitions: \"24\"` | `partitions: \"12\"`",
        "a step that does not divide | gpu | `[1, 2, 3, 4, 6, 8, 12]` | `[1, 2, 3, 4, 5, 8, 12]`",
        "a metric that is not there | gpu | sum(osteon_ready | sum(osteon_reddy",
        "a trigger that is not used | gpu | `name: age` | `name: aged`",
        "scaling to nothing | gpu | minReplicaCount: 1 | minReplicaCount: 0"
      })
  void aPlantedMistakeIsCaught(String what, String overlay, String right, String wrong)
      throws Exception {
    String built = Manifests.shipped(overlay);
    assertThat(built).as("what %s is planted into", what).contains(right);
    assertThat(Faults.of(Manifests.objects(built.replace(right, wrong)))).as(what).isNotEmpty();
  }
}
