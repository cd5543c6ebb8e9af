package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.bench.Bench;
import org.osteon.bench.BenchPart;
import org.osteon.bench.BenchSettings;
import org.osteon.bench.reader.ConsoleBench;
import org.osteon.bench.reader.TruthsBench;
import org.osteon.bench.state.StateBench;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon bench}. */
@Command(
    name = "bench",
    description = {
      "Measures the service against the limit of this machine and against what people would use"
          + " instead, in one run.",
      "Prints a table as it goes and writes every value to a JSON file. Read the ratios."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "DIR", description = "Folder of a model version")
  private @Nullable Path model;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Images to send instead of drawn ones; the rows of large images are left out")
  private @Nullable Path images;

  @Option(
      names = "--events",
      defaultValue = "4000",
      description = "Events of each run from a backlog (default ${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "Repetitions of each run that is a ratio's (default ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--warm-seconds",
      defaultValue = "120",
      description =
          "Longest warm-up; it ends when the JVM's compilers are quiet (default ${DEFAULT-VALUE})")
  private int warmSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "12",
      description =
          "Length of each load of the latency table, and of each run with a simulated device (default"
              + " ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--growth",
      split = ",",
      defaultValue = "1000,10000,100000",
      description = "Events of the runs that must cost the same (default ${DEFAULT-VALUE})")
  private List<Integer> growth;

  @Option(
      names = "--waiting",
      defaultValue = "5000",
      description = "Large images that wait while memory is measured (default ${DEFAULT-VALUE})")
  private int waiting;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Measures only these parts: ${COMPLETION-CANDIDATES}")
  private EnumSet<BenchPart> only = EnumSet.allOf(BenchPart.class);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the service that is measured, as in its configuration")
  private Map<String, String> service = new TreeMap<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "bench.json",
      description = "Where every value goes (default ${DEFAULT-VALUE})")
  private Path json;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "A PNG of images a second against batch size and delay, drawn from the JSON")
  private @Nullable Path picture;

  @Option(
      names = "--flame",
      paramLabel = "FILE",
      description =
          "An SVG of where the CPU time of a 5 MP JPEG goes, by Flight Recorder, in a run more"
              + " of LARGE")
  private @Nullable Path flame;

  @Option(
      names = "--truths",
      paramLabel = "N",
      description =
          "Joins N results and N truths instead of all else: rate, state and time to start again")
  private int truths;

  @Option(
      names = "--console",
      paramLabel = "N",
      description =
          "Asks a console for its lists with N results behind it and 200 a second arriving, instead of all else")
  private int consoleResults;

  @Option(
      names = "--state",
      paramLabel = "N",
      description =
          "Remembers N studies with 4.32 events each, at 100 events a second of its own clock,"
              + " instead of all else: heap, disk, cost of an event, time to start again")
  private long stateStudies;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sandbox.require("bench");
    if (truths > 0) {
      new TruthsBench(truths, System.out).run();
      return 0;
    }
    if (consoleResults > 0) {
      new ConsoleBench(consoleResults, System.out).run();
      return 0;
    }
    if (stateStudies > 0) {
      new StateBench(stateStudies, System.out).run();
      return 0;
    }
    if (flame != null && (images != null || !only.contains(BenchPart.LARGE))) {
      throw new ParameterException(
          spec.commandLine(), "--flame draws the drawn images of LARGE: leave --images out.");
    }
    Path folder = model == null ? Home.defaultModel() : model;
    new Bench(
            new BenchSettings(
                folder,
                images,
                events,
                repeats,
                warmSeconds,
                seconds,
                growth,
                waiting,
                only,
                service,
                json,
                picture,
                flame),
            System.out)
        .run();
    return 0;
  }
}
