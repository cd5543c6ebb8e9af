package org.osteon.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.output.ProgressLines;
import org.osteon.dataset.arrays.Preparation;
import org.osteon.dataset.arrays.PreparationSettings;
import org.osteon.dataset.arrays.PreparationSummary;
import org.osteon.dataset.split.SplitShares;
import org.osteon.image.InputSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon dataset prepare}. */
@Command(
    name = "prepare",
    description = {
      "Writes images as arrays for training, decoded by the code that serves.",
      "Run again after a kill it goes on; shards whose images, splits or size changed are made"
          + " again.",
      "Splits that the data set gives are kept. Images of train that are near duplicates of val or"
          + " test, and of val that are of test, are left out and listed in dataset.json. Where it"
          + " gives none, splits are made by group, stratified by class and body part, and near"
          + " duplicates are one group."
    },
    mixinStandardHelpOptions = true)
public final class DatasetPrepareCommand implements Callable<Integer> {
  private static final int NAMED = 5;

  @Spec private CommandSpec spec;

  @Mixin private DatasetFolder data;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "Folder for shard-00000.npz and on, splits.csv and dataset.json")
  private Path out;

  @Option(
      names = "--size",
      defaultValue = "160",
      description = "Rows and columns of a plane (default ${DEFAULT-VALUE})")
  private int size;

  @Option(names = "--height", description = "Rows of a plane, if not --size")
  private @Nullable Integer height;

  @Option(names = "--width", description = "Columns of a plane, if not --size")
  private @Nullable Integer width;

  @Option(
      names = "--resize",
      defaultValue = "letterbox",
      description = "letterbox or stretch (default ${DEFAULT-VALUE})")
  private InputSpec.Resize resize;

  @Option(
      names = "--synthetic",
      defaultValue = "0",
      description =
          "Drawn radiographs to add for each class; with - as DIR there are no others (default"
              + " ${DEFAULT-VALUE})")
  private int synthetic;

  @Option(
      names = "--shard",
      defaultValue = "1000",
      description = "Images in a file, and in memory at once (default ${DEFAULT-VALUE})")
  private int shard;

  @Option(
      names = "--split",
      defaultValue = "70,15,15",
      description = "Percentages of train, val and test (default ${DEFAULT-VALUE})")
  private String split;

  @Option(names = "--resplit", description = "Makes splits even where the data set gives them")
  private boolean resplit;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the splits; the same seed, the same splits (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--allow-near-duplicates",
      description = "Looks for none: they may be in different splits")
  private boolean allowNearDuplicates;

  @Override
  public Integer call() throws IOException {
    if (data.none() && synthetic == 0) {
      throw new ParameterException(
          spec.commandLine(), "With - as DIR there are drawn radiographs only: set --synthetic.");
    }
    PrintWriter print = spec.commandLine().getOut();
    PreparationSettings settings =
        new PreparationSettings(
            new InputSpec(height == null ? size : height, width == null ? size : width, resize),
            shard,
            synthetic,
            seed,
            SplitShares.parse(split),
            resplit,
            allowNearDuplicates);
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    PreparationSummary summary =
        new Preparation(data.folder, DatasetFolder.decoder(), settings, progress)
            .run(data.none() ? List.of() : data.samples(), out);
    progress.clear();
    print.printf(
        "%d images in %d shards written to %s (%d kept from before), %d unreadable, %d dropped%n",
        summary.samples().size(),
        summary.shards().size(),
        out,
        summary.keptShards(),
        summary.unreadable().size(),
        summary.dropped().size());
    summary.counts().forEach((name, classes) -> print.printf("  %-5s %s%n", name, classes));
    name(print, "unreadable", summary.unreadable());
    name(print, "dropped", summary.dropped());
    print.printf("digest %s%n", summary.digest());
    print.flush();
    return 0;
  }

  /** A few by name; dataset.json has them all. */
  private static void name(PrintWriter print, String what, Map<String, String> files) {
    files.entrySet().stream()
        .limit(NAMED)
        .forEach(e -> print.printf("  %s %s: %s%n", what, e.getKey(), e.getValue()));
    if (files.size() > NAMED) {
      print.printf("  %s … and %d more, see dataset.json%n", what, files.size() - NAMED);
    }
  }
}
