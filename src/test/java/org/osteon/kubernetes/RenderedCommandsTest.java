package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.event.TopicPlan;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;

/**
 * Job, gateway and service as the hospital overlay renders them: their arguments, their variables
 * and their mounted files, by the launcher, against a broker. What differs here is where brokers
 * and files are, which ports are free, and that topics have names of their own.
 */
@Tag("integration")
class RenderedCommandsTest {
  private static final Path ROOT = Manifests.folder().resolve("..").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private final Map<String, Integer> ports = new TreeMap<>();

  @Test
  void theJobMakesTheTopicsTwiceAndServiceAndGatewayBecomeReady() throws Exception {
    assumeTrue(Manifests.canBuild(), "There is no kubectl with kustomize 4 or newer.");
    List<JsonNode> objects = Manifests.objects(Manifests.shipped("hospital"));
    Settings here =
        Platform.settings(
            Platform.broker().bootstrapServers(), Platform.registry().url(), Map.of());
    JsonNode job = container(objects, "Job", "osteon-topics");
    for (int i = 0; i < 2; i++) {
      Process made = start(objects, job, here, "topics" + i);
      assertThat(made.waitFor(180, TimeUnit.SECONDS)).isTrue();
      assertThat(made.exitValue()).as(log("topics" + i)).isZero();
    }
    assertThat(log("topics1")).contains("Topics and schemas are as they should be.");
    List<String> names = TopicPlan.all(here).stream().map(TopicPlan::name).toList();
    try (Admin admin = Admin.create(here.kafkaClient())) {
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .values()
          .forEach(topic -> assertThat(topic.partitions()).hasSize(TopicPlan.PARTITIONS));
    }
    secrets();
    Process service = start(objects, container(objects, "Deployment", "osteon"), here, "service");
    Process gateway =
        start(objects, container(objects, "Deployment", "osteon-gateway"), here, "gateway");
    try {
      await().until(() -> ready(service, "service", port("http.port")));
      await().until(() -> ready(gateway, "gateway", port("gateway.health.listen")));
      assertThat(Scrape.get(port("http.metrics.listen"), "/metrics").body())
          .contains("osteon_ready 1.0");
      assertThat(Scrape.get(port("gateway.health.listen"), "/metrics").body())
          .contains("osteon_gateway_ready 1.0");
      assertThat(Scrape.get(port("http.diagnostics.port"), "/threads").body())
          .contains("osteon-inference-0");
    } finally {
      gateway.destroy();
      service.destroy();
    }
    assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(service.waitFor(75, TimeUnit.SECONDS)).as("within its grace period").isTrue();
    assertThat(gateway.exitValue()).as(log("gateway")).isZero();
    assertThat(service.exitValue()).as(log("service")).isZero();
  }

  /** The service's topics are there; no target of the deliverer is, which it says and waits for. */
  @Test
  void whatStandsBesideTheServiceBecomesReadyAndEndsCleanly() throws Exception {
    assumeTrue(Manifests.canBuild(), "There is no kubectl with kustomize 4 or newer.");
    List<JsonNode> objects = Manifests.objects(Manifests.shipped("hospital-full"));
    Settings here =
        Platform.settings(
            Platform.broker().bootstrapServers(), Platform.registry().url(), Map.of());
    Process made = start(objects, container(objects, "Job", "osteon-topics"), here, "topics");
    assertThat(made.waitFor(180, TimeUnit.SECONDS)).isTrue();
    secrets();
    Map<String, String> health =
        new TreeMap<>(
            Map.of(
                "performance", "osteon_performance_ready 1.0",
                "listener", "osteon_listener_ready 1.0",
                "deliverer", "osteon_deliver_"));
    for (Map.Entry<String, String> each : health.entrySet()) {
      String name = each.getKey();
      Process process =
          start(objects, container(objects, "Deployment", "osteon-" + name), here, name);
      int port = port(name.equals("listener") ? "reports.health.listen" : "http.port");
      try {
        await().until(() -> ready(process, name, port));
        assertThat(Scrape.get(port, "/livez").statusCode()).isEqualTo(200);
        assertThat(Scrape.get(port, "/metrics").body()).contains(each.getValue());
      } finally {
        process.destroy();
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("within its grace period").isTrue();
      assertThat(process.exitValue()).as(log(name)).isZero();
    }
  }

  private boolean ready(Process process, String name, int port) throws Exception {
    assertThat(process.isAlive()).as(log(name)).isTrue();
    try {
      return Scrape.get(port, "/readyz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(List<JsonNode> objects, JsonNode container, Settings here, String name)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("osteon").toString()));
    boolean configured = false;
    for (JsonNode argument : container.path("args")) {
      configured |= argument.asText().startsWith("/etc/osteon/");
      command.add(
          configured && argument.asText().startsWith("/etc/osteon/")
              ? mounted(objects, name).toString()
              : argument.asText());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("OSTEON_NO_BUILD", "1");
    for (JsonNode variable : container.path("env")) {
      builder
          .environment()
          .put(variable.path("name").asText(), onThisMachine(variable.path("value").asText()));
    }
    builder.environment().remove("DJL_CACHE_DIR");
    // The environment is stronger than the file: as an operator's overlay would say where things
    // are.
    here.texts()
        .forEach(
            (key, value) -> {
              if (key.startsWith("topics.")
                  || key.equals("bootstrap.servers")
                  || key.equals("application.id")
                  || key.equals("schema.registry.url")) {
                builder
                    .environment()
                    .put(
                        "OSTEON_"
                            + key.toUpperCase(java.util.Locale.ROOT)
                                .replace('.', '_')
                                .replace('-', '_'),
                        value);
              }
            });
    return builder.start();
  }

  /** The ConfigMap's file, with this machine's paths and free ports. */
  private Path mounted(List<JsonNode> objects, String name) throws IOException {
    String map = name.matches("service|topics[01]?") ? "osteon-" : "osteon-" + name + "-";
    JsonNode data =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .filter(object -> object.at("/metadata/name").asText().matches(map + "[a-z0-9]{10}"))
            .map(object -> object.path("data"))
            .findFirst()
            .orElseThrow();
    String text = data.path("osteon.properties").asText();
    if (data.has("targets.properties")) {
      Files.writeString(
          folder.resolve("targets.properties"), data.path("targets.properties").asText());
    }
    StringBuilder here = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String key = line.replaceFirst("=.*", "");
      if (key.endsWith(".port") || key.endsWith(".listen")) {
        String host = line.contains(":") ? "127.0.0.1:" : "";
        here.append(key).append('=').append(host).append(port(key)).append('\n');
      } else {
        here.append(onThisMachine(line)).append('\n');
      }
    }
    return Files.writeString(folder.resolve(name + ".properties"), here);
  }

  private String onThisMachine(String text) {
    return text.replace("/app/models", ROOT.resolve("models").toString())
        .replaceFirst("/etc/osteon(-gateway|-listener|-deliverer)?/", folder + "/")
        .replace("/cache", folder.toString());
  }

  private int port(String key) {
    return ports.computeIfAbsent(key, each -> Ports.take());
  }

  private void secrets() throws IOException {
    Files.writeString(folder.resolve("key"), "not-a-key-of-anyone-".repeat(3));
    Files.writeString(folder.resolve("token"), "not-a-token-of-anyone");
    Files.writeString(folder.resolve("identities"), "2026-11 " + "0a".repeat(32));
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  private static JsonNode container(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .map(object -> object.at("/spec/template/spec/containers/0"))
        .findFirst()
        .orElseThrow();
  }
}
