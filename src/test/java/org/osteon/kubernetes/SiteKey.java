package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.value.ConfigException;

/**
 * Whether gateway, listener and deliverer see the site's keys where their configuration says, and
 * whether all who write identities have what the deliverer opens them with.
 */
final class SiteKey {
  private static final List<String> WRITERS = List.of("osteon-gateway", "osteon-listener");
  private static final String READER = "osteon-deliverer";

  private final List<String> faults = new ArrayList<>();
  private final List<JsonNode> objects;

  /** By deployment: the Secret and the key in it that holds the site's keys. */
  private final Map<String, String> sources = new TreeMap<>();

  private SiteKey(List<JsonNode> objects) {
    this.objects = objects;
  }

  static List<String> faults(List<JsonNode> objects) throws IOException {
    SiteKey keys = new SiteKey(objects);
    for (JsonNode object : objects) {
      String name = object.at("/metadata/name").asText();
      if (object.path("kind").asText().equals("Deployment")
          && (WRITERS.contains(name) || name.equals(READER))) {
        try {
          keys.look(name, object.at("/spec/template/spec"));
        } catch (ConfigException e) {
          keys.faults.add(name + ": " + e.getMessage());
        }
      }
    }
    String read = keys.sources.get(READER);
    keys.sources.forEach(
        (name, source) -> {
          if (read != null && !source.equals(read)) {
            keys.faults.add(
                "%s seals with %s, but the deliverer opens with %s".formatted(name, source, read));
          }
        });
    return keys.faults;
  }

  private void look(String name, JsonNode pod) throws IOException {
    JsonNode container = pod.at("/containers/0");
    Optional<Path> file = settings(name, container).find(DeliverKeys.IDENTITY_KEY_FILE);
    if (file.isEmpty()) {
      sources.put(name, "nothing");
      return;
    }
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asText().equals(String.valueOf(file.get().getParent()))) {
        Optional<String> source =
            source(pod, mount.path("name").asText(), String.valueOf(file.get().getFileName()));
        if (source.isPresent()) {
          sources.put(name, source.get());
          return;
        }
      }
    }
    faults.add(name + ": no Secret brings the file " + file.get());
  }

  /** The Secret of a volume that has the file. One that names no items shows them all. */
  private static Optional<String> source(JsonNode pod, String volume, String file) {
    for (JsonNode each : pod.path("volumes")) {
      if (each.path("name").asText().equals(volume)) {
        List<JsonNode> secrets = new ArrayList<>(List.of(each.path("secret")));
        each.at("/projected/sources").forEach(source -> secrets.add(source.path("secret")));
        Optional<String> whole = Optional.empty();
        for (JsonNode secret : secrets) {
          String name = secret.path("secretName").asText(secret.path("name").asText());
          for (JsonNode item : secret.path("items")) {
            if (item.path("path").asText().equals(file)) {
              return Optional.of(name + "/" + item.path("key").asText());
            }
          }
          if (!name.isEmpty() && !secret.has("items")) {
            whole = Optional.of(name + "/" + file);
          }
        }
        return whole;
      }
    }
    return Optional.empty();
  }

  private Settings settings(String name, JsonNode container) throws IOException {
    String properties =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .filter(object -> object.at("/metadata/name").asText().startsWith(name))
            .map(object -> object.at("/data/osteon.properties").asText())
            .findFirst()
            .orElseThrow();
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : container.path("env")) {
      if (variable.has("value")) {
        environment.put(variable.path("name").asText(), variable.path("value").asText());
      }
    }
    Path file = Files.createTempFile("osteon-keys-", ".properties");
    try {
      return Settings.load(Files.writeString(file, properties), environment, Map.of());
    } finally {
      Files.delete(file);
    }
  }
}
