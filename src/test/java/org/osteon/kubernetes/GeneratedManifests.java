package org.osteon.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What objects of the cluster repeat of other files, made from them. */
final class GeneratedManifests {
  static final String MADE = "# Made by GeneratedManifestsTest from %s.\n";

  private GeneratedManifests() {}

  /** Paths below k8s, and what must be there. */
  static Map<String, String> all() throws IOException {
    Map<String, String> all = new TreeMap<>();
    all.put("components/prometheus-operator/rules.yaml", rules());
    all.put("components/strimzi/topics.yaml", StrimziObjects.topics());
    all.put("components/strimzi/users.yaml", StrimziObjects.users());
    all.put("chart/files/alerts.yaml", groups(""));
    all.put("chart/files/strimzi.yaml", StrimziObjects.topics() + StrimziObjects.users());
    all.put("chart/README.md", ChartReadme.markdown());
    return all;
  }

  private static String groups(String indent) throws IOException {
    return Files.readAllLines(Manifests.folder().resolve("monitoring/alerts.yaml")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.isEmpty() ? "" : indent + line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String rules() throws IOException {
    return MADE.formatted("monitoring/alerts.yaml")
        + """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: osteon
          labels: {app.kubernetes.io/name: osteon, app.kubernetes.io/part-of: osteon}
        spec:
        """
        + groups("  ");
  }
}
