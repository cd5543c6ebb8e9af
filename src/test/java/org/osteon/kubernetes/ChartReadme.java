package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The chart's README, made from its schema and its defaults. */
final class ChartReadme {
  private static final String HEAD =
      """
      # Osteon's Helm chart
      The same objects as `k8s/overlays`, for the same values (`ChartTest` compares them). How a cluster gets there from nothing:
      [docs/kubernetes.md](../../docs/kubernetes.md).

      ```
      helm install osteon k8s/chart --namespace osteon --create-namespace --values k8s/chart/ci/cpu-hpa.yaml
      ```
      `ci/` holds values that are those of an overlay, and `ci/secured.yaml`, with TLS, SCRAM, OpenShift and an object store elsewhere. Secrets come
      by reference alone. This page is made from `values.schema.json` and `values.yaml`.

      | value | default | what |
      | --- | --- | --- |
      """;

  private ChartReadme() {}

  static String markdown() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Files.readString(Chart.folder().resolve("values.schema.json")));
    List<JsonNode> values =
        Manifests.objects(Files.readString(Chart.folder().resolve("values.yaml")));
    StringBuilder page = new StringBuilder(HEAD);
    rows(schema, values.get(0), "", page);
    return page.toString();
  }

  private static void rows(JsonNode schema, JsonNode values, String path, StringBuilder page) {
    for (var each : schema.path("properties").properties()) {
      String name = path + each.getKey();
      if (name.equals("global")) {
        continue;
      }
      JsonNode here = values.path(each.getKey());
      if (here.isMissingNode()) {
        throw new IllegalStateException("values.yaml says nothing of " + name);
      }
      boolean leaf = each.getValue().path("properties").isMissingNode();
      page.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  name,
                  leaf ? shown(here) : "",
                  each.getValue().path("description").asText().replace("|", "\\|")));
      rows(each.getValue(), here, name + ".", page);
    }
  }

  private static String shown(JsonNode value) {
    boolean long0 = value.isObject() && value.size() > 3;
    return long0 ? "see `values.yaml`" : "`" + (value.isTextual() ? value.asText() : value) + "`";
  }
}
