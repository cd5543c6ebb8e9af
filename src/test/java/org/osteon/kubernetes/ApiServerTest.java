package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.Program;

/** Overlays and chart, sent to an API server as an operator sends them, and what it keeps. */
@Tag("api-server")
@Timeout(600)
@SuppressWarnings("NullAway.Init")
class ApiServerTest {
  @TempDir private static Path folder;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    ApiServer.require();
    assumeTrue(Manifests.canBuild(), "There is no kubectl with kustomize 4 or newer.");
    server = ApiServer.start(folder);
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  static List<String> overlays() {
    return Manifests.OVERLAYS;
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyOverlayIsTakenAndKept(String overlay) throws Exception {
    isTakenAndKept(overlay(overlay));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu", "cpu-hpa", "gpu", "hospital", "hospital-full", "secured"})
  void theChartIsTakenAndKept(String values) throws Exception {
    assumeTrue(Chart.missing().isEmpty(), () -> Chart.missing().orElse(""));
    isTakenAndKept(Chart.objects(values, Map.of("namespace.create", true, "topics.hook", false)));
  }

  /** Each over the one before, as a site grows. */
  @Test
  void oneOverlayGoesOverAnother() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    try {
      for (String overlay : List.of("cpu", "hospital", "hospital-full")) {
        List<JsonNode> objects = overlay(overlay);
        server.declare(objects);
        applied(ApiServer.older(objects));
        all.addAll(objects);
      }
    } finally {
      remove(all);
    }
  }

  /** Mistakes of sense, which no schema knows of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a port's name of sixteen letters | name: metrics | name: metrics-for-them",
        "a path that is mounted twice | mountPath: /cache | mountPath: /etc/osteon",
        "a request above its limit | `requests:\n            cpu: \"4\"` | `requests:\n            cpu: \"8\"`",
        "a probe that may not fail | failureThreshold: 2 | failureThreshold: -2",
        "two sources for one file | `key: key\n                path: key` | `key: key\n                path: identities`",
        "an address that is none | cidr: 10.0.0.0/8 | cidr: 10.0.0.0/33",
      })
  void whatCannotBeIsRefused(String what, String right, String wrong) throws Exception {
    String built = Manifests.shipped("hospital-full");
    assertThat(built).as("what %s is planted into", what).contains(right);
    List<JsonNode> objects = Manifests.objects(built.replace(right, wrong));
    server.declare(objects);
    try {
      Program.Ended ended = server.send(ApiServer.older(objects), "apply");
      assertThat(ended.status()).as(ended.said()).isNotZero();
      assertThat(ended.said()).contains("is invalid");
    } finally {
      remove(objects);
    }
  }

  private static void isTakenAndKept(List<JsonNode> objects) throws Exception {
    server.declare(objects);
    List<JsonNode> older = ApiServer.older(objects);
    try {
      applied(older);
      assertThat(applied(older).lines()).as("a second time").allMatch(x -> x.endsWith("unchanged"));
      JsonNode kept = server.kept(older);
      List<String> lost = new ArrayList<>();
      for (int i = 0; i < older.size(); i++) {
        JsonNode object = older.get(i);
        String name = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
        lost(object, kept.path(i), name, lost);
      }
      assertThat(lost).isEmpty();
    } finally {
      remove(objects);
    }
  }

  private static List<JsonNode> overlay(String name) throws Exception {
    return Manifests.objects(Manifests.shipped(name));
  }

  private static String applied(List<JsonNode> objects) throws Exception {
    Program.Ended ended = server.send(objects, "apply");
    assertThat(ended.status()).as(ended.said()).isZero();
    return ended.said();
  }

  /** All but the namespace, which nothing here could bring to its end. */
  private static void remove(List<JsonNode> objects) throws Exception {
    List<JsonNode> rest =
        ApiServer.older(objects).stream()
            .filter(object -> !object.path("kind").asText().equals("Namespace"))
            .toList();
    Program.Ended ended = server.send(rest, "delete", "--ignore-not-found", "--wait=false");
    assertThat(ended.status()).as(ended.said()).isZero();
  }

  /** What was sent and is not there, or is something else. Defaults may have come to it. */
  private static void lost(JsonNode sent, JsonNode kept, String path, List<String> lost) {
    if (sent.isObject()) {
      sent.properties()
          .forEach(
              field ->
                  lost(
                      field.getValue(),
                      kept.path(field.getKey()),
                      path + "/" + field.getKey(),
                      lost));
    } else if (sent.isArray()) {
      if (sent.size() != kept.size()) {
        lost.add("%s has %d for %d".formatted(path, kept.size(), sent.size()));
      }
      for (int i = 0; i < sent.size(); i++) {
        lost(sent.get(i), kept.path(i), path + "/" + i, lost);
      }
    } else if (!sent.equals(kept)) {
      lost.add("%s: %s, sent was %s".formatted(path, kept, sent));
    }
  }
}
