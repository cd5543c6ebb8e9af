package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osteon.config.Settings;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.OperationKeys;
import org.osteon.config.value.Setting;

/** Whether the gateway's manifests go with its own configuration. */
final class GatewaySizing {
  /** What Gateway.close takes at most, beside what the producer holds. */
  private static final int LAST_ANSWERS_SECONDS = 20;

  private GatewaySizing() {}

  static List<String> faults(JsonNode deployment, List<JsonNode> objects) throws IOException {
    List<String> faults = new ArrayList<>();
    Settings settings = settings(objects);
    JsonNode container = deployment.at("/spec/template/spec/containers/0");
    expect(faults, "dicom", container, settings.get(GatewayKeys.DICOM_PORT));
    expect(faults, "intake", container, settings.get(GatewayKeys.HTTP_PORT));
    expect(
        faults,
        "metrics",
        container,
        settings
            .find(OperationKeys.GATEWAY_HEALTH_LISTEN)
            .map(InetSocketAddress::getPort)
            .orElse(-1));
    if (deployment.at("/spec/template/spec/terminationGracePeriodSeconds").asInt()
        <= LAST_ANSWERS_SECONDS) {
      faults.add("the gateway's last answers are cut off");
    }
    String mounts = container.path("volumeMounts").toString();
    for (Setting<Path> file : List.of(GatewayKeys.KEY_FILE, GatewayKeys.HTTP_TOKEN_FILE)) {
      Path folder = settings.get(file).getParent();
      if (!mounts.contains("\"" + folder + "\"")) {
        faults.add("nothing is mounted where " + file.key() + " says");
      }
    }
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Service")
          && object.at("/metadata/name").asText().equals("osteon-gateway")
          && object.at("/spec/type").asText().equals("LoadBalancer")
          && !object.at("/spec/externalTrafficPolicy").asText().equals("Local")) {
        faults.add("the gateway does not see senders' addresses, by which it knows them");
      }
    }
    return faults;
  }

  private static Settings settings(List<JsonNode> objects) throws IOException {
    String properties =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .filter(object -> object.at("/metadata/name").asText().startsWith("osteon-gateway"))
            .map(object -> object.at("/data/osteon.properties").asText())
            .findFirst()
            .orElseThrow();
    return Manifests.settings(properties);
  }

  private static void expect(List<String> faults, String name, JsonNode container, int port) {
    for (JsonNode each : container.path("ports")) {
      if (each.path("name").asText().equals(name) && each.path("containerPort").asInt() == port) {
        return;
      }
    }
    faults.add("the gateway's port " + name + " is not the configuration's " + port);
  }
}
