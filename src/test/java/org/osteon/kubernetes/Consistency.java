package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the objects of an overlay refer to each other rightly, and keep the house's rules. */
final class Consistency {
  /** Made by others: labels of pods, and Secrets that the operator of the cluster brings. */
  private static final Set<String> OTHERS_PODS =
      Set.of("{\"strimzi.io/kind\":\"Kafka\"}", "{\"app\":\"osteon-registry\"}");

  private static final Set<String> OTHERS_SECRETS =
      Set.of(
          "osteon-credentials",
          "osteon-topics-credentials",
          "osteon-gateway-credentials",
          "osteon-deliverer-credentials",
          "osteon-listener-credentials",
          "osteon-performance-credentials");

  private final List<String> faults = new ArrayList<>();
  private final List<JsonNode> objects;

  private Consistency(List<JsonNode> objects) {
    this.objects = objects;
  }

  static List<String> faults(List<JsonNode> objects) {
    Consistency consistency = new Consistency(objects);
    consistency.check();
    return consistency.faults;
  }

  private void check() {
    Set<String> ids = new HashSet<>();
    Set<String> namespaces = new TreeSet<>();
    for (JsonNode object : objects) {
      String id = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
      require(ids.add(id), id + " is there twice");
      if (!object.path("kind").asText().equals("Namespace")) {
        namespaces.add(object.at("/metadata/namespace").asText());
      }
    }
    require(namespaces.size() == 1, "objects lie in several namespaces " + namespaces);
    namespaces.forEach(
        each -> require(named("Namespace", each), "nothing makes the namespace " + each));
    of("Deployment").forEach(this::deployment);
    of("Job").forEach(this::pod);
    of("Service").forEach(this::service);
    of("PodDisruptionBudget").forEach(pdb -> selects(pdb, pdb.at("/spec/selector/matchLabels")));
    of("NetworkPolicy").forEach(this::networkPolicy);
    Stream.of("Deployment", "Job").flatMap(kind -> of(kind).stream()).forEach(this::guarded);
    of("HorizontalPodAutoscaler").forEach(this::target);
    of("ScaledObject").forEach(this::target);
  }

  private void deployment(JsonNode deployment) {
    String name = deployment.at("/metadata/name").asText();
    JsonNode selector = deployment.at("/spec/selector/matchLabels");
    require(
        Manifests.matches(deployment.at("/spec/template/metadata/labels"), selector),
        name + ": its selector does not match its own pods");
    boolean scaled =
        Stream.of("HorizontalPodAutoscaler", "ScaledObject")
            .flatMap(kind -> of(kind).stream())
            .anyMatch(each -> each.at("/spec/scaleTargetRef/name").asText().equals(name));
    require(
        scaled != deployment.at("/spec").has("replicas"),
        name + ": its replicas are named neither by the manifest nor by an autoscaler, or by both");
    pod(deployment);
  }

  private void pod(JsonNode owner) {
    String name = owner.at("/metadata/name").asText();
    JsonNode pod = owner.at("/spec/template/spec");
    String account = pod.path("serviceAccountName").asText("");
    require(
        account.isEmpty() || named("ServiceAccount", account),
        name + ": there is no ServiceAccount " + account);
    require(
        !pod.path("automountServiceAccountToken").asBoolean(true), name + ": it mounts a token");
    require(pod.at("/securityContext/runAsNonRoot").asBoolean(), name + ": it may run as root");
    require(
        pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
        name + ": it has no seccomp profile");
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : pod.path("volumes")) {
      volumes.add(volume.path("name").asText());
      String map = volume.at("/configMap/name").asText("");
      require(map.isEmpty() || named("ConfigMap", map), name + ": there is no ConfigMap " + map);
    }
    boolean serves = owner.path("kind").asText().equals("Deployment");
    for (JsonNode container : pod.path("containers")) {
      container(name, container, volumes);
      if (serves) {
        probes(name, container);
      }
    }
  }

  private void probes(String name, JsonNode container) {
    Set<String> ports = ports(container);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode port = container.at("/" + probe + "/httpGet/port");
      require(
          container.path(probe).isMissingNode()
              ? name.contains("registry")
              : ports.contains(port.asText()),
          name + ": its " + probe + " has no port");
    }
  }

  private void container(String name, JsonNode container, Set<String> volumes) {
    JsonNode security = container.path("securityContext");
    require(
        security.path("readOnlyRootFilesystem").asBoolean()
            && !security.path("allowPrivilegeEscalation").asBoolean(true)
            && security.at("/capabilities/drop/0").asText().equals("ALL"),
        name + ": a container may write its root, gain privileges or keep capabilities");
    Set<String> used = new HashSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      String volume = mount.path("name").asText();
      used.add(volume);
      require(volumes.contains(volume), name + ": there is no volume " + volume);
    }
    require(used.equals(volumes), name + ": volumes are not mounted " + volumes + used);
    for (JsonNode from : container.path("envFrom")) {
      String secret = from.at("/secretRef/name").asText("");
      require(
          secret.isEmpty() || OTHERS_SECRETS.contains(secret),
          name + ": nothing brings the Secret " + secret);
    }
    for (JsonNode variable : container.path("env")) {
      String key = variable.path("name").asText();
      require(
          !key.matches("(?i).*(password|secret|jaas|token).*") || variable.has("valueFrom"),
          name + ": " + key + " is a secret in plain text");
    }
    for (String resource : List.of("cpu", "memory")) {
      require(
          container.at("/resources/requests/" + resource).isTextual()
              && container.at("/resources/limits/" + resource).isTextual(),
          name + ": " + resource + " is not requested and limited");
    }
  }

  private void service(JsonNode service) {
    List<JsonNode> pods = selects(service, service.at("/spec/selector"));
    for (JsonNode port : service.at("/spec/ports")) {
      String target = port.path("targetPort").asText();
      for (JsonNode pod : pods) {
        require(
            ports(pod.at("/spec/template/spec/containers/0")).contains(target),
            service.at("/metadata/name").asText() + ": no port " + target + " behind it");
      }
    }
  }

  private void networkPolicy(JsonNode policy) {
    JsonNode labels = policy.at("/spec/podSelector/matchLabels");
    List<JsonNode> pods = labels.isMissingNode() ? List.of() : selects(policy, labels);
    for (JsonNode rule : policy.at("/spec/ingress")) {
      for (JsonNode port : rule.path("ports")) {
        for (JsonNode pod : pods) {
          require(
              ports(pod.at("/spec/template/spec/containers/0"))
                  .contains(port.path("port").asText()),
              "network policy: nothing listens on " + port.path("port"));
        }
      }
    }
    for (JsonNode rule : policy.at("/spec/egress")) {
      require(rule.path("to").size() > 0, "network policy: a rule lets out to everywhere");
      for (JsonNode peer : rule.path("to")) {
        JsonNode those = peer.at("/podSelector/matchLabels");
        require(
            those.isMissingNode()
                || OTHERS_PODS.contains(those.toString())
                || !podsWith(those).isEmpty(),
            "network policy: no pod has the labels " + those);
      }
    }
  }

  private void guarded(JsonNode owner) {
    JsonNode labels = owner.at("/spec/template/metadata/labels");
    String name = owner.at("/metadata/name").asText();
    require(
        name.contains("registry")
            || of("NetworkPolicy").stream()
                .map(policy -> policy.at("/spec/podSelector/matchLabels"))
                .anyMatch(wanted -> wanted.size() > 0 && Manifests.matches(labels, wanted)),
        name + ": no network policy guards it");
  }

  private void target(JsonNode scaler) {
    JsonNode target = scaler.at("/spec/scaleTargetRef");
    require(
        named(target.path("kind").asText(), target.path("name").asText()),
        "scaler: there is no " + target);
  }

  private List<JsonNode> selects(JsonNode who, JsonNode labels) {
    List<JsonNode> pods = podsWith(labels);
    require(
        !pods.isEmpty() && labels.size() > 0,
        who.path("kind").asText() + " " + who.at("/metadata/name").asText() + " selects nothing");
    return pods;
  }

  private List<JsonNode> podsWith(JsonNode labels) {
    return Stream.of("Deployment", "Job")
        .flatMap(kind -> of(kind).stream())
        .filter(d -> Manifests.matches(d.at("/spec/template/metadata/labels"), labels))
        .toList();
  }

  private List<JsonNode> of(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  private boolean named(String kind, String name) {
    return of(kind).stream().anyMatch(o -> o.at("/metadata/name").asText().equals(name));
  }

  /** Names and numbers. */
  private static Set<String> ports(JsonNode container) {
    Set<String> ports = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      ports.add(port.path("name").asText());
      ports.add(port.path("containerPort").asText());
    }
    return ports;
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
