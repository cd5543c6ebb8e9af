package org.osteon.kubernetes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Program;

/**
 * A Kubernetes API server with nothing behind it: it takes, refuses and keeps objects, and makes no
 * pod of them. {@code k8s/api-server/build} makes it.
 */
final class ApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROGRAMS = Manifests.folder().resolve("../target/api-server");

  /**
   * Kinds that it has in an older version alone. All that the manifests say in them was there
   * already, but for one field.
   */
  private static final Map<String, String> OLDER =
      Map.of("policy/v1", "policy/v1beta1", "autoscaling/v2", "autoscaling/v2beta2");

  private final Path folder;
  private final ChildProcess etcd;
  private final ChildProcess server;

  private ApiServer(Path folder, ChildProcess etcd, ChildProcess server) {
    this.folder = folder;
    this.etcd = etcd;
    this.server = server;
  }

  /** Skips the test, with a message, where it was not made. */
  static void require() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAMS.resolve("kube-apiserver")),
        "There is no API server: make api-server makes one of Debian 12's packages.");
  }

  static ApiServer start(Path folder) throws Exception {
    int port = Ports.take();
    String store = "http://127.0.0.1:" + Ports.take();
    Path key = folder.resolve("accounts.key");
    Program.Ended made =
        Program.run(folder, List.of("openssl", "genrsa", "-out", key.toString(), "2048"));
    if (made.status() != 0) {
      throw new AssertionError(made.said());
    }
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, "not-a-token-of-anyone,admin,admin,\"system:masters\"\n");
    JSON.writeValue(folder.resolve("kubeconfig").toFile(), access(port));
    ChildProcess etcd =
        ChildProcess.start(
            folder.resolve("etcd.log"),
            PROGRAMS.resolve("etcd").toString(),
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + store,
            "--advertise-client-urls=" + store,
            "--listen-peer-urls=http://127.0.0.1:" + Ports.take());
    ChildProcess server =
        ChildProcess.start(
            folder.resolve("api-server.log"),
            PROGRAMS.resolve("kube-apiserver").toString(),
            "--etcd-servers=" + store,
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            "--cert-dir=" + folder.resolve("certificates"),
            "--service-cluster-ip-range=10.0.0.0/16",
            "--authorization-mode=RBAC",
            "--token-auth-file=" + tokens,
            "--service-account-issuer=https://localhost",
            "--service-account-key-file=" + key,
            "--service-account-signing-key-file=" + key,
            // A field of Jobs that is there for good since 1.23; no words about kinds that are old.
            "--feature-gates=TTLAfterFinished=true,WarningHeaders=false");
    ApiServer started = new ApiServer(folder, etcd, server);
    try {
      await("an API server")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                if (!etcd.isAlive() || !server.isAlive()) {
                  throw new AssertionError(ChildProcess.tail(folder.resolve("api-server.log")));
                }
                return started.kubectl("get", "--raw", "/readyz").status() == 0;
              });
      return started;
    } catch (Throwable e) {
      started.close();
      throw e;
    }
  }

  private static Map<String, Object> access(int port) {
    Map<String, Object> cluster =
        Map.of("server", "https://127.0.0.1:" + port, "insecure-skip-tls-verify", true);
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Config",
        "clusters",
        List.of(Map.of("name", "here", "cluster", cluster)),
        "users",
        List.of(Map.of("name", "admin", "user", Map.of("token", "not-a-token-of-anyone"))),
        "contexts",
        List.of(Map.of("name", "here", "context", Map.of("cluster", "here", "user", "admin"))),
        "current-context",
        "here");
  }

  /** Has it know the kinds of operators, whatever their fields are: StrictModel knows those. */
  void declare(List<JsonNode> objects) throws Exception {
    Map<String, JsonNode> declarations = new TreeMap<>();
    for (JsonNode object : objects) {
      String[] version = object.path("apiVersion").asText().split("/", 2);
      if (version[0].matches("keda\\.sh|monitoring\\.coreos\\.com|kafka\\.strimzi\\.io")) {
        String kind = object.path("kind").asText();
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        declarations.put(
            kind,
            JSON.valueToTree(
                Map.of(
                    "apiVersion",
                    "apiextensions.k8s.io/v1",
                    "kind",
                    "CustomResourceDefinition",
                    "metadata",
                    Map.of("name", plural + "." + version[0]),
                    "spec",
                    declaration(version, kind, plural))));
      }
    }
    if (declarations.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(List.of("wait", "--for=condition=Established"));
    declarations.values().forEach(each -> names.add("crd/" + each.at("/metadata/name").asText()));
    for (Program.Ended ended :
        List.of(
            send(List.copyOf(declarations.values()), "apply"),
            kubectl(names.toArray(String[]::new)))) {
      if (ended.status() != 0) {
        throw new AssertionError(ended.said());
      }
    }
  }

  private static Map<String, Object> declaration(String[] version, String kind, String plural) {
    Map<String, Object> anything =
        Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
    return Map.of(
        "group",
        version[0],
        "scope",
        "Namespaced",
        "names",
        Map.of("plural", plural, "singular", kind.toLowerCase(Locale.ROOT), "kind", kind),
        "versions",
        List.of(
            Map.of(
                "name",
                version[1],
                "served",
                true,
                "storage",
                true,
                "schema",
                Map.of("openAPIV3Schema", anything))));
  }

  /** As this version of Kubernetes has them. */
  static List<JsonNode> older(List<JsonNode> objects) {
    return objects.stream()
        .map(
            object -> {
              ObjectNode copy = object.deepCopy();
              String version = copy.path("apiVersion").asText();
              copy.put("apiVersion", OLDER.getOrDefault(version, version));
              if (version.equals("policy/v1") && copy.path("spec") instanceof ObjectNode spec) {
                spec.remove("unhealthyPodEvictionPolicy");
              }
              return (JsonNode) copy;
            })
        .toList();
  }

  /** {@code kubectl apply -f} and the like, of all of them. */
  Program.Ended send(List<JsonNode> objects, String... command) throws Exception {
    Path file = folder.resolve("objects.json");
    JSON.writeValue(file.toFile(), Map.of("apiVersion", "v1", "kind", "List", "items", objects));
    List<String> line = new ArrayList<>(Arrays.asList(command));
    line.addAll(List.of("-f", file.toString()));
    return kubectl(line.toArray(String[]::new));
  }

  /** What it has of several objects, in their order. */
  JsonNode kept(List<JsonNode> objects) throws Exception {
    Program.Ended got = send(objects, "get", "-o", "json");
    if (got.status() != 0) {
      throw new AssertionError(got.said());
    }
    return JSON.readTree(got.said()).path("items");
  }

  Program.Ended kubectl(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("kubectl", "--kubeconfig", folder.resolve("kubeconfig").toString()));
    line.addAll(Arrays.asList(arguments));
    return Program.run(folder, line);
  }

  @Override
  public void close() {
    server.kill();
    etcd.kill();
  }
}
