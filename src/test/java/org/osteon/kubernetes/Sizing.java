package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.TopicPlan;
import org.osteon.metrics.Metric;

/** Whether times, counts and ports of the manifests go with Osteon's own configuration. */
final class Sizing {
  /** What closing costs beyond a drain, OsteonService.CLOSE_MARGIN and a commit's margin. */
  private static final Duration CLOSING = Duration.ofSeconds(20);

  /** The service's own objects; kustomize ends a ConfigMap's name with a hash. */
  private static final Pattern SERVICE = Pattern.compile("osteon(-[a-z0-9]{10})?");

  /** Images a second that a CPU of a replica is taken to do, beside a GPU too. */
  private static final int IMAGES_PER_CPU = 30;

  private static final Pattern CAPACITY = Pattern.compile("\\(rate \\+ lag / \\d+\\) / (\\d+),");
  private static final Pattern STEPS = Pattern.compile("find\\(\\[([0-9, ]+)\\]");
  private static final Pattern METRIC = Pattern.compile("\\bosteon_[a-z_]+\\b");
  private static final Pattern SELECTED = Pattern.compile("\\bosteon_[a-z_]+(\\{[^}]*\\})?");
  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");
  private static final Pattern PORT = Pattern.compile(":(\\d+)");

  private final List<String> faults = new ArrayList<>();
  private final List<JsonNode> objects;

  private Sizing(List<JsonNode> objects) {
    this.objects = objects;
  }

  static List<String> faults(List<JsonNode> objects) throws IOException {
    Sizing sizing = new Sizing(objects);
    try {
      sizing.check();
    } catch (ConfigException e) {
      sizing.faults.add(e.getMessage());
    }
    return sizing.faults;
  }

  private void check() throws IOException {
    JsonNode osteon = one("Deployment");
    JsonNode pod = osteon.at("/spec/template/spec");
    Settings settings = settings();
    Duration longest =
        Collections.max(
                List.of(
                    settings.get(BatchKeys.INFERENCE_TIMEOUT_MS),
                    settings.get(ImageKeys.IMAGE_DECODE_TIMEOUT_MS)))
            .plus(settings.get(BatchKeys.BATCH_MAX_DELAY_MS))
            .plusSeconds(5)
            .plus(CLOSING);
    require(
        pod.path("terminationGracePeriodSeconds").asLong() > longest.toSeconds(),
        "terminationGracePeriodSeconds is not above the longest drain, " + longest);
    JsonNode container = pod.at("/containers/0");
    int metrics =
        settings.find(HttpKeys.HTTP_METRICS_LISTEN).map(InetSocketAddress::getPort).orElse(-1);
    require(
        container.at("/ports/0/containerPort").asInt() == settings.get(HttpKeys.HTTP_PORT),
        "the container's port is not http.port");
    JsonNode annotations = osteon.at("/spec/template/metadata/annotations");
    require(
        annotations.path("prometheus.io/port").asInt() == metrics,
        "the scraper is sent to another port than http.metrics.listen");
    require(
        container.at("/ports/1/containerPort").asInt() == metrics,
        "the container's second port is not http.metrics.listen's");
    JsonNode ingress = one("NetworkPolicy").at("/spec/ingress");
    require(
        ingress.size() == 1
            && ingress.at("/0/ports").size() == 1
            && ingress.at("/0/ports/0/port").asInt() == metrics,
        "the network policy lets in to more than metrics");
    long startup =
        container.at("/startupProbe/periodSeconds").asLong()
            * container.at("/startupProbe/failureThreshold").asLong();
    require(startup >= 120, "the start is given less than two minutes");
    require(
        settings.find(ModelKeys.PATH).isPresent()
            && settings.find(ModelKeys.PATH).get().startsWith("/app/models")
            && Files.isDirectory(
                Manifests.folder()
                    .resolve("..")
                    .resolve(
                        Path.of("/app").relativize(Path.of(settings.find(ModelKeys.PATH).get())))),
        "model.path is no version that the image has");
    Matcher heap = HEAP.matcher(container.path("env").toString());
    require(
        heap.find()
            && settings.get(ImageKeys.MEMORY_BUDGET_MB) >> 20
                <= 0.6 * Long.parseLong(heap.group(1)),
        "memory.budget.mb is more than six tenths of -Xmx");
    reachable(settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    reachable(settings.get(KafkaKeys.SCHEMA_REGISTRY_URL));
    scaling(osteon);
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Deployment")) {
        switch (object.at("/metadata/name").asText()) {
          case "osteon-gateway" -> faults.addAll(GatewaySizing.faults(object, objects));
          case "osteon-deliverer", "osteon-listener", "osteon-performance" ->
              faults.addAll(ProcessSizing.faults(object, objects));
          default -> {
            // The service itself, above, and what a test cluster brings.
          }
        }
      }
    }
  }

  private Settings settings() throws IOException {
    return Manifests.settings(one("ConfigMap").at("/data/osteon.properties").asText());
  }

  private void reachable(String address) {
    Matcher port = PORT.matcher(address.replace("http://", ""));
    require(port.find(), address + " has no port");
    boolean open = false;
    for (JsonNode rule : one("NetworkPolicy").at("/spec/egress")) {
      for (JsonNode each : rule.path("ports")) {
        open |= each.path("port").asText().equals(port.group(1));
      }
    }
    require(open, "the network policy shuts out " + address);
  }

  private void scaling(JsonNode osteon) {
    int partitions = osteon.at("/metadata/annotations/osteon.org~1partitions").asInt();
    require(partitions == TopicPlan.PARTITIONS, "osteon topics makes other partitions");
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Job")) {
        require(
            object
                .at("/spec/template/spec/containers/0/args")
                .toString()
                .contains("\"--partitions\",\"" + partitions + "\""),
            "the Job makes other partitions");
      }
    }
    int surge = osteon.at("/spec/strategy/rollingUpdate/maxSurge").asInt();
    for (JsonNode object : objects) {
      String kind = object.path("kind").asText();
      if (kind.equals("HorizontalPodAutoscaler")) {
        require(object.at("/spec/minReplicas").asInt() >= 1, "it scales to nothing");
        require(
            object.at("/spec/maxReplicas").asInt() + surge <= partitions,
            "more replicas than partitions");
      }
      if (kind.equals("ScaledObject")) {
        scaledObject(object, partitions, surge);
        capacity(object, osteon);
        names(object);
      }
    }
  }

  private void scaledObject(JsonNode object, int partitions, int surge) {
    int most = object.at("/spec/maxReplicaCount").asInt();
    require(object.at("/spec/minReplicaCount").asInt() >= 1, "it scales to nothing");
    require(most + surge <= partitions, "more replicas than partitions");
    String formula = object.at("/spec/advanced/scalingModifiers/formula").asText();
    Matcher steps = STEPS.matcher(formula);
    require(steps.find(), "the formula names no steps");
    List<Integer> counts =
        Arrays.stream(steps.group(1).split(",", -1)).map(s -> Integer.parseInt(s.trim())).toList();
    require(
        counts.stream().allMatch(n -> partitions % n == 0),
        "a step does not divide " + partitions + " partitions: " + counts);
    require(new TreeSet<>(counts).last() == most, "the last step is not maxReplicaCount");
    TreeSet<String> own = new TreeSet<>();
    Metric.all().stream().forEach(metric -> own.addAll(metric.samples()));
    for (JsonNode trigger : object.at("/spec/triggers")) {
      String name = trigger.path("name").asText();
      require(
          Pattern.compile("\\b" + name + "\\b").matcher(formula).find(),
          "the formula does not use the trigger " + name);
      Matcher metric = METRIC.matcher(trigger.at("/metadata/query").asText(""));
      while (metric.find()) {
        require(own.contains(metric.group()), "there is no metric " + metric.group());
      }
    }
  }

  /** What the formula takes a replica for goes with the CPUs that it gets. */
  private void capacity(JsonNode object, JsonNode osteon) {
    Matcher capacity =
        CAPACITY.matcher(object.at("/spec/advanced/scalingModifiers/formula").asText());
    int cpus = osteon.at("/spec/template/spec/containers/0/resources/requests/cpu").asInt();
    require(
        capacity.find() && Integer.parseInt(capacity.group(1)) == IMAGES_PER_CPU * cpus,
        "the formula's images a second are not those of a replica of " + cpus + " CPUs");
  }

  /** KEDA resolves short names in its own namespace, and Prometheus sees all of the cluster. */
  private void names(JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText();
    String filter = "{namespace=\"" + namespace + "\", job=\"osteon\"}";
    for (JsonNode trigger : object.at("/spec/triggers")) {
      JsonNode metadata = trigger.path("metadata");
      for (String address : List.of("serverAddress", "bootstrapServers")) {
        String text = metadata.path(address).asText("-.x.svc:1");
        require(
            text.matches("(http://)?[a-z0-9-]+\\.[a-z0-9-]+\\.svc:\\d+"),
            text + " is no full name");
      }
      String brokers = metadata.path("bootstrapServers").asText("." + namespace + ".svc");
      require(brokers.contains("." + namespace + ".svc"), brokers + " is in another namespace");
      Matcher metric = SELECTED.matcher(metadata.path("query").asText(""));
      while (metric.find()) {
        require(
            filter.equals(metric.group(1)), "a query mixes namespaces or jobs: " + metric.group());
      }
    }
  }

  private JsonNode one(String kind) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> SERVICE.matcher(object.at("/metadata/name").asText()).matches())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + "."));
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
