package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.bench.Bench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osteon bench}. */
@Command(
    name = "bench",
    description = "Measures the service against the limit of this machine.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--events",
      defaultValue = "4000",
      description = "Events of each run (default ${DEFAULT-VALUE}).")
  private int events;

  @Option(names = "--model", paramLabel = "DIR", description = "Folder of a model version.")
  private @Nullable Path model;

  @Override
  public Integer call() throws IOException, InterruptedException {
    new Bench(model == null ? Home.defaultModel() : model, events, System.out).run();
    return 0;
  }
}
