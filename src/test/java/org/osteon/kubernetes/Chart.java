package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chart as Helm renders it, by Helm's own library. */
final class Chart {
  private Chart() {}

  static Path folder() {
    return Manifests.folder().resolve("chart").toAbsolutePath().normalize();
  }

  /**
   * Why Helm's library, which is native code, does not run on this machine; empty where it does.
   */
  static Optional<String> missing() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return machine.equals("Linux amd64")
        ? Optional.empty()
        : Optional.of("Helm's library for tests is that of Linux on x86-64: " + machine);
  }

  static LintResult lint() {
    return new Helm(folder()).lint().strict().call();
  }

  /**
   * What Helm makes of these values.
   *
   * @param values a file below ci, without its ending; empty for the defaults
   */
  static String render(String values, Map<String, Object> further) {
    TemplateCommand template =
        new Helm(folder()).template().withName("osteon").withNamespace("osteon");
    if (!values.isEmpty()) {
      template.withValuesFile(folder().resolve("ci/" + values + ".yaml"));
    }
    further.forEach(template::set);
    return template.call();
  }

  static List<JsonNode> objects(String values, Map<String, Object> further) {
    return Manifests.objects(render(values, further)).stream().filter(JsonNode::isObject).toList();
  }
}
