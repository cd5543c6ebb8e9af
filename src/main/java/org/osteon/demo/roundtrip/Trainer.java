package org.osteon.demo.roundtrip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osteon.client.OperationFailedException;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;
import org.osteon.dataset.arrays.Preparation;
import org.osteon.dataset.arrays.PreparationSettings;
import org.osteon.dataset.layout.Samples;
import org.osteon.dataset.split.SplitShares;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.ModelFolders;

/**
 * {@code dataset prepare} and {@code training/train}, as a person would call them.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Trainer {
  private static final long MOST_MINUTES = 15;
  private static final int SIDE = 64;
  private static final String NAME = "osteon-round";
  private static final String FIRST_RUN = "run-1";
  private static final String WEIGHTS = "member-1/weights.pt";

  private final Path home;
  private final Path work;

  /**
   * @param home the installation, with {@code training/}
   * @param work where everything is left: arrays, runs, versions
   */
  Trainer(Path home, Path work) {
    this.home = home;
    this.work = work;
  }

  /** The first version, from drawn radiographs alone; one that is there is taken. */
  Path first(int drawn) throws IOException, InterruptedException {
    Path there = versions().resolve("1");
    if (!Files.exists(there.resolve("model.json"))) {
      Path arrays = prepare(List.of(), work, "arrays-1", drawn);
      fit(arrays, FIRST_RUN, List.of());
    }
    return there;
  }

  /**
   * The next version, from cases and from the weights that the run of the first one left.
   *
   * @param cases a folder of {@code truth export}
   * @param drawn radiographs of the old kind for each class, so that it does not forget them
   */
  Path next(Path cases, int drawn) throws IOException, InterruptedException {
    List<Sample> samples = Samples.of(cases, "manifest", ClassWords.standard());
    Path arrays = prepare(samples, cases, "arrays-2", drawn);
    fit(
        arrays,
        "run-2",
        List.of(
            "--set",
            "network.weights=" + work.resolve(FIRST_RUN).resolve(WEIGHTS),
            "--set",
            "network.weights_from=the running version",
            "--about",
            cases.resolve("DATASET.md").toString()));
    return ModelFolders.newest(work.resolve("models"), NAME).orElseThrow();
  }

  private Path versions() {
    return work.resolve("models").resolve(NAME);
  }

  private Path prepare(List<Sample> samples, Path folder, String name, int drawn)
      throws IOException {
    Path arrays = work.resolve(name);
    PreparationSettings settings =
        new PreparationSettings(
            new InputSpec(SIDE, SIDE, InputSpec.Resize.LETTERBOX),
            1024,
            drawn,
            1,
            SplitShares.parse("70,15,15"),
            false,
            true);
    new Preparation(
            folder,
            ImageDecoders.standard(new ImageLimits(1L << 28, 200_000_000)),
            settings,
            (what, total) -> done -> {})
        .run(samples, arrays);
    return arrays;
  }

  private void fit(Path arrays, String run, List<String> further)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "fit",
                arrays.toString(),
                versions().toString(),
                "--config",
                home.resolve("training/configs/demo.toml").toString(),
                "--run",
                work.resolve(run).toString()));
    arguments.addAll(further);
    train(arguments);
  }

  private void train(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("training/train").toString()));
    command.addAll(arguments);
    Path log = work.resolve("training.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new OperationFailedException(
            "training/train %s took more than %d minutes; %s has what it said."
                .formatted(arguments.get(0), MOST_MINUTES, log));
      }
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new OperationFailedException(
          "training/train %s failed: see %s; `make python-tools` installs what it needs."
              .formatted(arguments.get(0), log));
    }
  }
}
