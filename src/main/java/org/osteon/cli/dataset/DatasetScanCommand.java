package org.osteon.cli.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.osteon.cli.output.ProgressLines;
import org.osteon.cli.output.ScanTable;
import org.osteon.dataset.scan.Scan;
import org.osteon.dataset.scan.ScanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code osteon dataset scan}. */
@Command(
    name = "scan",
    description =
        "Counts images by class, source and body part, measures them, and finds those that cannot"
            + " be read and those that are there twice.",
    mixinStandardHelpOptions = true)
public final class DatasetScanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DatasetFolder data;

  @Option(names = "--json", description = "Prints all of it as JSON, every file by name")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    ScanReport report =
        new Scan(data.folder, DatasetFolder.decoder(), progress).run(data.samples());
    progress.clear();
    if (json) {
      print.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    } else {
      new ScanTable(print).print(report);
    }
    print.flush();
    return 0;
  }
}
