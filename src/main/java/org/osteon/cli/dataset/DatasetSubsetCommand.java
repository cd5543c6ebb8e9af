package org.osteon.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.osteon.dataset.arrays.Extraction;
import org.osteon.dataset.arrays.PreparationSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon dataset subset}. */
@Command(
    name = "subset",
    description = {
      "Draws a balanced part of prepared arrays, in the same form.",
      "Groups stay whole and splits as they are: a class may have a few images less than asked."
    },
    mixinStandardHelpOptions = true)
public final class DatasetSubsetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ARRAYS",
      description = "Folder that osteon dataset prepare wrote")
  private Path arrays;

  @Parameters(index = "1", paramLabel = "OUT", description = "Folder for the part")
  private Path out;

  @Option(
      names = "--per-class",
      required = true,
      description = "Images of each class, all splits together; a class with fewer is taken whole")
  private int perClass;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed draws others (default ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException {
    if (perClass < 1) {
      throw new ParameterException(
          spec.commandLine(), "--per-class is %d: give at least 1.".formatted(perClass));
    }
    PreparationSummary summary = new Extraction(arrays).run(out, perClass, seed);
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        "%d images in %d shards written to %s%n",
        summary.samples().size(), summary.shards().size(), out);
    summary.counts().forEach((name, classes) -> print.printf("  %-5s %s%n", name, classes));
    print.printf("digest %s%n", summary.digest());
    print.flush();
    return 0;
  }
}
