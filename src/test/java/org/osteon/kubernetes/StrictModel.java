package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscalerBehavior;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every field known, every required one there, every type right. */
final class StrictModel {
  /** A check and the type that the value must then parse as. */
  private record Kind(Check check, Class<?> type) {}

  @FunctionalInterface
  private interface Check {
    void run(JsonElement json) throws IOException;
  }

  private static final Map<String, Kind> CORE =
      Map.of(
          "apps/v1 Deployment",
          new Kind(V1Deployment::validateJsonElement, V1Deployment.class),
          "batch/v1 Job",
          new Kind(V1Job::validateJsonElement, V1Job.class),
          "v1 Namespace",
          new Kind(V1Namespace::validateJsonElement, V1Namespace.class),
          "v1 ConfigMap",
          new Kind(V1ConfigMap::validateJsonElement, V1ConfigMap.class),
          "v1 Service",
          new Kind(V1Service::validateJsonElement, V1Service.class),
          "v1 ServiceAccount",
          new Kind(V1ServiceAccount::validateJsonElement, V1ServiceAccount.class),
          "networking.k8s.io/v1 NetworkPolicy",
          new Kind(V1NetworkPolicy::validateJsonElement, V1NetworkPolicy.class),
          "policy/v1 PodDisruptionBudget",
          new Kind(V1PodDisruptionBudget::validateJsonElement, V1PodDisruptionBudget.class),
          "autoscaling/v2 HorizontalPodAutoscaler",
          new Kind(
              V2HorizontalPodAutoscaler::validateJsonElement, V2HorizontalPodAutoscaler.class));

  /** Kinds of other people's operators, by the declarations that they publish. */
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "keda.sh/v1alpha1 ScaledObject", "scaled-object",
          "keda.sh/v1alpha1 TriggerAuthentication", "trigger-authentication",
          "monitoring.coreos.com/v1 PodMonitor", "pod-monitor",
          "monitoring.coreos.com/v1 PrometheusRule", "prometheus-rule");

  private StrictModel() {}

  /** What is wrong; empty where nothing is. */
  static List<String> faults(JsonNode object) throws IOException {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    if (kind.startsWith("kafka.strimzi.io/")) {
      // An example for development; Strimzi's operator holds it to its own schema.
      return List.of();
    }
    String schema = SCHEMAS.get(kind);
    if (schema != null) {
      return declared(schema, object);
    }
    Kind known = CORE.get(kind);
    return known == null
        ? List.of(kind + " is no kind that is expected here")
        : check(known, object);
  }

  private static List<String> declared(String name, JsonNode object) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                Files.readString(Manifests.folder().resolve("schemas/" + name + ".schema.json")));
    List<String> faults = new ArrayList<>();
    schema.validate(object).forEach(message -> faults.add(message.getMessage()));
    JsonNode behavior = object.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior");
    if (!behavior.isMissingNode()) {
      faults.addAll(
          check(
              new Kind(
                  V2HorizontalPodAutoscalerBehavior::validateJsonElement,
                  V2HorizontalPodAutoscalerBehavior.class),
              behavior));
    }
    return faults;
  }

  private static List<String> check(Kind kind, JsonNode object) throws IOException {
    try {
      JsonElement json = JsonParser.parseString(object.toString());
      kind.check.run(json);
      new JSON();
      Object parsed = JSON.getGson().fromJson(json, kind.type);
      return parsed == null ? List.of("it is empty") : List.of();
    } catch (RuntimeException e) {
      return List.of(kind.type.getSimpleName() + ": " + e.getMessage());
    }
  }
}
