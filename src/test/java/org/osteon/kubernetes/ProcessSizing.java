package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ReportKeys;
import org.osteon.config.value.Setting;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TargetsFile;

/**
 * Whether the manifests of what stands beside the service go with its own configuration: deliverer,
 * listener, and what joins truths to results.
 */
final class ProcessSizing {
  private final List<String> faults = new ArrayList<>();
  private final String name;
  private final JsonNode container;
  private final JsonNode data;
  private final List<JsonNode> objects;

  private ProcessSizing(String name, JsonNode container, JsonNode data, List<JsonNode> objects) {
    this.name = name;
    this.container = container;
    this.data = data;
    this.objects = objects;
  }

  static List<String> faults(JsonNode deployment, List<JsonNode> objects) throws IOException {
    String name = deployment.at("/metadata/name").asText();
    JsonNode data =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .filter(object -> object.at("/metadata/name").asText().startsWith(name))
            .map(object -> object.path("data"))
            .findFirst()
            .orElseThrow();
    ProcessSizing sizing =
        new ProcessSizing(name, deployment.at("/spec/template/spec/containers/0"), data, objects);
    sizing.check(deployment.at("/spec/template/spec/terminationGracePeriodSeconds").asInt());
    return sizing.faults;
  }

  private void check(int graceSeconds) throws IOException {
    Settings settings = settings();
    switch (name) {
      case "osteon-listener" -> {
        port("hl7", settings.get(ReportKeys.HL7_PORT));
        port(
            "metrics",
            settings.find(ReportKeys.HEALTH_LISTEN).map(InetSocketAddress::getPort).orElse(-1));
        mounted(settings, GatewayKeys.KEY_FILE);
        sendersAreKnown();
        lasts(graceSeconds, Duration.ofSeconds(15));
      }
      case "osteon-deliverer" -> {
        port("metrics", settings.get(HttpKeys.HTTP_PORT));
        mounted(settings, DeliverKeys.IDENTITY_KEY_FILE);
        mounted(settings, DeliverKeys.TARGETS_FILE);
        targetsAreReachable();
        lasts(graceSeconds, settings.get(DeliverKeys.TIMEOUT_MS));
      }
      default -> {
        port("metrics", settings.get(HttpKeys.HTTP_PORT));
        lasts(graceSeconds, Duration.ofSeconds(30));
        require(
            data.path("osteon.properties").asText().contains("streams.state.dir=/cache/"),
            "its state lies where nothing is mounted");
      }
    }
  }

  private void lasts(int graceSeconds, Duration closing) {
    require(graceSeconds > closing.toSeconds(), "its end is cut off");
  }

  private void port(String port, int configured) {
    for (JsonNode each : container.path("ports")) {
      if (each.path("name").asText().equals(port)
          && each.path("containerPort").asInt() == configured) {
        return;
      }
    }
    require(false, "its port " + port + " is not the configuration's " + configured);
  }

  private void mounted(Settings settings, Setting<Path> file) {
    require(
        container
            .path("volumeMounts")
            .toString()
            .contains("\"" + settings.get(file).getParent() + "\""),
        "nothing is mounted where " + file.key() + " says");
  }

  private void sendersAreKnown() {
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Service")
          && object.at("/metadata/name").asText().equals(name)
          && object.at("/spec/type").asText().equals("LoadBalancer")) {
        require(
            object.at("/spec/externalTrafficPolicy").asText().equals("Local"),
            "it does not see senders' addresses, by which it knows them");
      }
    }
  }

  /** Each target by its own rules, and its port in the network policy. */
  private void targetsAreReachable() throws IOException {
    String egress =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
            .filter(object -> object.at("/metadata/name").asText().equals(name))
            .map(object -> object.at("/spec/egress").toString())
            .findFirst()
            .orElse("");
    Path file = Files.createTempFile("osteon-targets-", ".properties");
    try {
      for (TargetSettings target :
          TargetsFile.read(Files.writeString(file, data.path("targets.properties").asText()))) {
        if (!target.required("type").equals("fhir")) {
          target.required("host");
          int port = target.port("port");
          require(
              egress.contains("\"port\":" + port + "}")
                  || egress.contains("\"port\":" + port + ","),
              "the network policy shuts out " + target.name());
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private Settings settings() throws IOException {
    return Manifests.settings(data.path("osteon.properties").asText());
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(name + ": " + fault);
    }
  }
}
