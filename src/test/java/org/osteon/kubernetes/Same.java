package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Objects in a form in which two tools that mean the same say the same: without the order of
 * fields, what each tool marks its objects with, and the hash at the end of a ConfigMap's name.
 */
final class Same {
  private static final String HASH = "-[a-z0-9]{10}$";

  private Same() {}

  /** By kind and name. */
  static Map<String, String> normal(List<JsonNode> objects) throws IOException {
    Map<String, String> normal = new TreeMap<>();
    for (JsonNode object : objects) {
      ObjectNode copy = object.deepCopy();
      ObjectNode metadata = (ObjectNode) copy.path("metadata");
      marks(metadata);
      if (copy.path("kind").asText().equals("ConfigMap")) {
        metadata.put("name", metadata.path("name").asText().replaceFirst(HASH, ""));
        properties(copy);
      }
      JsonNode template = copy.at("/spec/template/metadata");
      if (template instanceof ObjectNode pod) {
        marks(pod);
      }
      for (JsonNode volume : copy.at("/spec/template/spec/volumes")) {
        if (volume.path("configMap") instanceof ObjectNode map) {
          map.put("name", map.path("name").asText().replaceFirst(HASH, ""));
        }
      }
      for (JsonNode container : copy.at("/spec/template/spec/containers")) {
        if (container.path("env") instanceof ArrayNode variables) {
          List<JsonNode> sorted = new ArrayList<>();
          variables.forEach(sorted::add);
          sorted.sort(Comparator.comparing(each -> each.path("name").asText()));
          variables.removeAll().addAll(sorted);
        }
      }
      normal.put(
          copy.path("kind").asText() + " " + metadata.path("name").asText(), sorted(copy, ""));
    }
    return normal;
  }

  private static void marks(ObjectNode metadata) {
    if (metadata.path("labels") instanceof ObjectNode labels) {
      labels.remove(List.of("helm.sh/chart", "app.kubernetes.io/managed-by"));
      if (labels.isEmpty()) {
        metadata.remove("labels");
      }
    }
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      List<String> names = new ArrayList<>();
      annotations.fieldNames().forEachRemaining(names::add);
      names.stream()
          .filter(name -> name.startsWith("helm.sh/") || name.startsWith("checksum/"))
          .forEach(annotations::remove);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
  }

  private static void properties(ObjectNode map) throws IOException {
    if (map.path("data") instanceof ObjectNode data) {
      List<String> files = new ArrayList<>();
      data.fieldNames().forEachRemaining(files::add);
      for (String file : files) {
        Properties properties = new Properties();
        properties.load(new StringReader(data.path(file).asText()));
        data.put(file, new TreeMap<>(properties).toString());
      }
    }
  }

  /** One line for each value, so that a difference is a line. */
  private static String sorted(JsonNode node, String path) {
    if (node.isObject()) {
      Map<String, String> fields = new TreeMap<>();
      node.properties()
          .forEach(
              field ->
                  fields.put(
                      field.getKey(), sorted(field.getValue(), path + "/" + field.getKey())));
      return String.join("", fields.values());
    }
    if (node.isArray()) {
      StringBuilder lines = new StringBuilder(node.isEmpty() ? path + " []\n" : "");
      for (int i = 0; i < node.size(); i++) {
        lines.append(sorted(node.get(i), path + "/" + i));
      }
      return lines.toString();
    }
    return path + " " + node + "\n";
  }
}
