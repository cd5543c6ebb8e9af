package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.cli.Osteon;
import org.osteon.testing.Program;

/** The commands of docs/kubernetes.md, as far as they need no cluster. */
class KubernetesPageTest {
  private static final Path ROOT = Manifests.folder().resolve("..").toAbsolutePath().normalize();

  /** What needs a cluster or minutes, by how it begins, and what stands in for it. */
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "make image", "minutes; make image-proof runs what it builds",
          "skopeo copy", "needs a registry of images",
          "kubectl -n osteon-dev wait", "needs a cluster",
          "kubectl -n osteon get", "needs a cluster",
          "kubectl -n osteon logs", "needs a cluster",
          "kubectl -n osteon port-forward", "needs a cluster",
          "kubectl -n osteon annotate", "needs a cluster",
          "curl -s localhost", "needs a replica; HttpEndpointsTest asks one");

  @TempDir private Path folder;

  @Test
  void everyCommandThatNeedsNoClusterWorks() throws Exception {
    assumeTrue(Manifests.canBuild(), "There is no kubectl with kustomize 4 or newer.");
    assumeTrue(Chart.missing().isEmpty(), () -> Chart.missing().orElse(""));
    Set<String> skipped = new TreeSet<>();
    int ran = 0;
    for (String line : lines()) {
      String reason = NOT_HERE.keySet().stream().filter(line::startsWith).findFirst().orElse(null);
      if (reason == null) {
        run(line);
        ran++;
      } else {
        skipped.add(reason);
      }
    }
    assertThat(ran).isGreaterThan(10);
    assertThat(skipped).as("what the page no longer names").isEqualTo(NOT_HERE.keySet());
  }

  private void run(String line) throws Exception {
    if (line.startsWith("kubectl apply -k k8s/overlays/")) {
      String overlay = line.substring(line.lastIndexOf('/') + 1);
      assertThat(Manifests.OVERLAYS).contains(overlay);
      assertThat(Manifests.objects(Manifests.shipped(overlay))).isNotEmpty();
    } else if (line.startsWith("helm install osteon k8s/chart --namespace osteon --values ")) {
      String values = line.replaceFirst("^.*k8s/chart/ci/(.*)\\.yaml$", "$1");
      assertThat(Chart.objects(values, Map.of())).isNotEmpty();
    } else if (line.startsWith("kubectl ") && line.contains(" create ")) {
      shell(line + " --dry-run=client -o yaml");
    } else if (line.startsWith("openssl ") || line.startsWith("echo ")) {
      shell(line);
    } else {
      assertThat(line).startsWith("./osteon ");
      String[] words = line.split("\\s+");
      Osteon.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  private void shell(String line) throws Exception {
    Program.Ended ended = Program.run(folder, List.of("bash", "-c", line));
    assertThat(ended.status()).as(line + "\n" + ended.said()).isZero();
  }

  private static List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs/kubernetes.md"))) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (code && !line.isBlank()) {
        lines.add(line.replaceFirst("\\s+#.*", "").trim());
      }
    }
    return lines;
  }
}
