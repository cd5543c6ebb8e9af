package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.config.Settings;
import org.osteon.testing.Program;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every object of an overlay, as the API server would get it. */
final class Manifests {
  static final List<String> OVERLAYS =
      List.of("cpu", "cpu-hpa", "gpu", "dev", "hospital", "hospital-full");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A second each, and seventy mistakes are planted into the same few. */
  private static final Map<String, String> SHIPPED = new HashMap<>();

  private Manifests() {}

  static Path folder() {
    return Path.of(System.getProperty("osteon.root", ".."), "k8s").normalize();
  }

  /** {@link #build} of an overlay as it lies here, which no test changes. */
  static synchronized String shipped(String overlay) throws Exception {
    String built = SHIPPED.get(overlay);
    if (built == null) {
      built = build(folder(), overlay);
      SHIPPED.put(overlay, built);
    }
    return built;
  }

  /** What {@code kubectl kustomize} makes of an overlay. */
  static String build(Path k8s, String overlay) throws Exception {
    Program.Ended built = Program.run(k8s, List.of("kubectl", "kustomize", "overlays/" + overlay));
    if (built.status() != 0) {
      throw new IllegalArgumentException(built.said());
    }
    return built.said();
  }

  /** Whether there is a kubectl that knows components. */
  static boolean canBuild() throws Exception {
    return Program.exists("kubectl")
        && Program.run(folder(), List.of("kubectl", "kustomize", "overlays/cpu")).status() == 0;
  }

  /** What a process would take of a ConfigMap's {@code osteon.properties}. */
  static Settings settings(String properties) throws IOException {
    Path file = Files.createTempFile("osteon-", ".properties");
    try {
      return Settings.load(Files.writeString(file, properties), Map.of(), Map.of());
    } finally {
      Files.delete(file);
    }
  }

  /** Whether labels have all that a selector wants. */
  static boolean matches(JsonNode labels, JsonNode selector) {
    for (var field : selector.properties()) {
      if (!field.getValue().equals(labels.get(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  static List<JsonNode> objects(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonNode> objects = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      objects.add(JSON.valueToTree(document));
    }
    return objects;
  }
}
