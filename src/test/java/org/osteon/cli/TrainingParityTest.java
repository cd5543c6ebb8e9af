package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.image.Radiographs;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/**
 * One preprocessing for training and serving: real files give the same probabilities in Python on
 * the prepared arrays and in the running service on the original files.
 */
@Tag("integration")
@Timeout(600)
class TrainingParityTest {
  private static final int FILES = 200;

  /** The graph is the same; libtorch 2.7 and PyTorch 1.13 add up in another order. */
  private static final double F32 = 0.002;

  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  @Test
  void realFilesGiveTheSameProbabilitiesInTrainingAndInServing() throws Exception {
    List<Path> files = Radiographs.files();
    assumeFalse(files.isEmpty(), "no radiographs in " + Radiographs.folder());
    assumeTrue(
        status(List.of(PYTHON, "-c", "import torch, sklearn")) == 0,
        "no PyTorch under " + PYTHON + ": run training/install");
    Map<String, Path> chosen = copies(files);
    Map<String, double[]> trained = inPython(chosen);
    Map<String, double[]> served = inTheService();
    assertThat(served.keySet()).isEqualTo(trained.keySet()).hasSize(FILES);
    double largest = 0;
    for (Map.Entry<String, double[]> each : trained.entrySet()) {
      double[] other = served.getOrDefault(each.getKey(), new double[0]);
      assertThat(other).hasSameSizeAs(each.getValue());
      for (int i = 0; i < other.length; i++) {
        largest = Math.max(largest, Math.abs(other[i] - each.getValue()[i]));
      }
    }
    assertThat(largest).as("largest difference of a probability").isLessThan(F32);
  }

  /** Every nth file, so that all sources and classes are there; by SHA-256, as results name it. */
  private Map<String, Path> copies(List<Path> files) throws Exception {
    Map<String, Path> chosen = new TreeMap<>();
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    Path images = Files.createDirectories(folder.resolve("images"));
    for (int i = 0; chosen.size() < FILES; i++) {
      Path file = files.get((int) ((long) i * files.size() / FILES) % files.size());
      byte[] bytes = Files.readAllBytes(file);
      Path copy = images.resolve(Radiographs.folder().relativize(file).toString());
      Files.createDirectories(images.resolve(images.relativize(copy).getName(0)));
      chosen.put(HexFormat.of().formatHex(sha.digest(bytes)), Files.write(copy, bytes));
    }
    return chosen;
  }

  private Map<String, double[]> inPython(Map<String, Path> chosen) throws Exception {
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    Path images = folder.resolve("images");
    Path arrays = folder.resolve("arrays");
    CommandRun prepared =
        CommandRun.of(
            "dataset",
            "prepare",
            images.toString(),
            arrays.toString(),
            "--height=" + version.manifest().input().height(),
            "--width=" + version.manifest().input().width(),
            "--allow-near-duplicates");
    assertThat(prepared.status()).as(prepared.err()).isZero();
    Path out = folder.resolve("evaluated");
    Path train = Path.of(System.getProperty("osteon.root", ".."), "training", "train");
    List<String> command =
        List.of(
            train.toString(),
            "evaluate",
            version.folder().toString(),
            arrays.toString(),
            out.toString(),
            "--split",
            "all");
    assertThat(status(command)).as("%s", command).isZero();
    Map<String, String> digests = new TreeMap<>();
    chosen.forEach((sha, copy) -> digests.put(images.relativize(copy).toString(), sha));
    Map<String, double[]> found = new TreeMap<>();
    List<String> lines = Files.readAllLines(out.resolve("predictions.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replace("\"", "").split(",", -1);
      double[] probabilities = new double[version.manifest().classes().size()];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = Double.parseDouble(cells[2 + i]);
      }
      found.put(digests.get(cells[0]), probabilities);
    }
    return found;
  }

  private Map<String, double[]> inTheService() throws Exception {
    Settings settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of(
                "model.path", ShippedModel.folder().toString(),
                "inference.precision", "f32",
                "http.port", "0"));
    for (String[] command :
        new String[][] {
          {"topics", "--partitions=2"}, {"publish", folder.resolve("images").toString()}
        }) {
      CommandRun run = CommandRun.of(settings, command);
      assertThat(run.status()).as(run.err()).isZero();
    }
    try (OsteonService service = OsteonService.start(settings, Hooks.none())) {
      CommandRun watched =
          CommandRun.of(
              settings, "watch", "results", "--json", "--from-beginning", "--count=" + FILES);
      assertThat(watched.status()).as(watched.err()).isZero();
      assertThat(service.health().notReady()).isEmpty();
      Map<String, double[]> found = new TreeMap<>();
      ObjectMapper json = new ObjectMapper();
      for (String line : watched.out().lines().toList()) {
        JsonNode result = json.readTree(line);
        List<Double> probabilities = new ArrayList<>();
        result
            .get("probabilities")
            .forEach(each -> probabilities.add(each.get("probability").asDouble()));
        found.put(
            result.get("image").get("sha256").asText(),
            probabilities.stream().mapToDouble(Double::doubleValue).toArray());
      }
      return found;
    }
  }

  private static int status(List<String> command) throws IOException, InterruptedException {
    File log = File.createTempFile("osteon", ".log");
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log)
          .start()
          .waitFor();
    } finally {
      Files.delete(log.toPath());
    }
  }
}
