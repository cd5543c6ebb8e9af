package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.Trees;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The commands of docs/rollout.md, in the page's order, against a broker, a registry and a replica
 * that runs.
 */
@Tag("integration")
class OperationsPageTest {
  /** What no test runs from the page, and what stands in for it. */
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "aws s3 cp", "needs a store; VersionsFromS3Test uploads to s3proxy",
          "./osteon model deploy s3:", "needs that store; VersionsFromS3Test deploys from it",
          "./osteon model push", "needs a registry; VersionsFromOciTest pushes to one",
          "./osteon model deploy oci:", "needs that registry; VersionsFromOciTest deploys from it");

  private static final Path ROOT = Path.of(System.getProperty("osteon.root", "..")).normalize();

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatThePageSays() throws Exception {
    Trees.copy(ShippedModel.folder().resolve("../..").normalize(), folder.resolve("models"));
    String newest = ShippedModel.folder().getFileName().toString();
    Settings settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            // What each version that is deployed would measure and warm for each size of a call
            // and each thread is not what the page is about.
            Map.of(
                "model.path", version(newest),
                "http.port", "0",
                "inference.precision", "f32",
                "inference.threads", "1",
                "batch.max.size", "2"));
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
    Set<String> skipped = new HashSet<>();
    try (OsteonService service = OsteonService.start(settings, Hooks.none())) {
      // The page begins where a version is in service already.
      run(settings, service, "./osteon model deploy " + version("1"));
      for (String line : lines()) {
        String reason =
            NOT_HERE.keySet().stream().filter(line::startsWith).findFirst().orElse(null);
        if (reason != null) {
          skipped.add(reason);
          continue;
        }
        if (line.equals("./osteon model withdraw")) {
          // The page offers it instead of the promotion before it.
          run(settings, service, "./osteon model deploy --shadow " + version("1"));
        }
        if (line.startsWith("./osteon model deploy --canary")) {
          // The page offers it instead of the shadow's promotion before it.
          run(settings, service, "./osteon model deploy " + version("1"));
        }
        run(settings, service, line);
      }
      assertThat(service.health().fatal()).isEmpty();
    }
    assertThat(skipped).as("what the page no longer names").isEqualTo(NOT_HERE.keySet());
    assertThat(folder.resolve("models/osteon-s/" + newest + "/model.json.sig")).isNotEmptyFile();
    assertThat(folder.resolve("out")).isNotEmptyDirectory();
  }

  private String version(String number) {
    return folder.resolve("models/osteon-s/" + number).toString();
  }

  /** Of all blocks of code, without what follows a #. */
  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs/rollout.md"))) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (code && !line.isBlank()) {
        lines.add(line.replaceFirst("\\s+#.*", "").trim());
      }
    }
    assertThat(lines).hasSizeGreaterThan(10);
    return lines;
  }

  private void run(Settings settings, OsteonService service, String line) throws Exception {
    if (!line.startsWith("./osteon ")) {
      shell(line);
      return;
    }
    String[] words =
        Arrays.stream(line.split("\\s+"))
            .skip(1)
            .map(word -> here(word, service.httpPort()))
            .toArray(String[]::new);
    CommandRun run = takesSettings(words) ? CommandRun.of(settings, words) : CommandRun.of(words);
    assertThat(run.status()).as(line + "\n" + run.out() + run.err()).isZero();
    assertThat(run.out()).as(line).isNotBlank();
  }

  private static boolean takesSettings(String... words) {
    ParseResult parsed = Osteon.commandLine().parseArgs(words);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandLine.Model.CommandSpec leaf = parsed.commandSpec();
    return leaf.findOption("--set") != null;
  }

  /** Files of the page lie in the test's folder, and its replica listens where there was room. */
  private String here(String word, int port) {
    if (word.startsWith("models") || word.endsWith(".pem") || word.equals("out")) {
      return folder.resolve(word).toString();
    }
    return word.replace("http://localhost:8080", "http://127.0.0.1:" + port);
  }

  private void shell(String line) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(line + "\n" + said).isZero();
  }
}
