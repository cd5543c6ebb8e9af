package org.osteon.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.output.Json;
import org.osteon.cli.output.ProgressLines;
import org.osteon.dataset.figure.ResolutionFigure;
import org.osteon.dataset.scan.Resolution;
import org.osteon.dataset.scan.ResolutionReport;
import org.osteon.dataset.scan.SizeClusters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon dataset resolution}. */
@Command(
    name = "resolution",
    description = {
      "Says how large the images are and what each input size would throw away of them.",
      "Detail lost is measured by shrinking with the resize of the service, enlarging again and"
          + " comparing. It counts noise as detail: the size that a model needs is found by training."
    },
    mixinStandardHelpOptions = true)
public final class DatasetResolutionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DatasetFolder data;

  @Option(names = "--k", defaultValue = "3", description = "Clusters of sizes (default 3)")
  private int k;

  @Option(
      names = "--sample",
      defaultValue = "200",
      description = "Random images to shrink (default ${DEFAULT-VALUE})")
  private int sampled;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed samples others (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "PNG to draw it to")
  private @Nullable Path out;

  @Option(names = "--json", description = "JSON instead of the table, every image's size in it")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (k < 1 || sampled < 1) {
      throw new ParameterException(spec.commandLine(), "Give --k and --sample of at least 1.");
    }
    PrintWriter print = spec.commandLine().getOut();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    ResolutionReport report =
        new Resolution(data.folder, DatasetFolder.decoder(), progress)
            .run(data.samples(), k, sampled, seed);
    progress.clear();
    if (json) {
      print.println(Json.of(report));
    } else {
      table(report, print);
    }
    if (out != null) {
      ResolutionFigure.write(report, out);
      (json ? spec.commandLine().getErr() : print).printf("Drawn to %s%n", out);
    }
    print.flush();
    return 0;
  }

  private static void table(ResolutionReport report, PrintWriter print) {
    print.printf("%d images gather around%n", report.sizes().size());
    for (SizeClusters.Cluster cluster : report.clusters()) {
      print.printf(
          "  %5.0f × %-5.0f %6d images%n",
          cluster.centre().width(), cluster.centre().height(), cluster.images());
    }
    print.printf(
        "%n%6s %9s %8s %10s %14s%n", "input", "enlarged", "shrink", "RMS, grey", "edges lost");
    for (ResolutionReport.Candidate candidate : report.candidates()) {
      print.printf(
          "%6d %8.1f%% %7.2fx %10.2f %13.1f%% %s%n",
          candidate.side(),
          100 * candidate.enlarged(),
          candidate.shrink(),
          candidate.rms(),
          100 * candidate.gradient(),
          candidate.side() == report.suggested() ? "suggested" : "");
    }
    print.printf(
        "%nSuggested: the smallest that keeps %.0f%% of the gradient energy, or the largest that"
            + " enlarges at most %.0f%% of the images.%n",
        100 * ResolutionReport.KEPT, 100 * ResolutionReport.ENLARGED);
  }
}
