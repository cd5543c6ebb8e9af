package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.performance.PerformanceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon performance}. */
@Command(
    name = "performance",
    description = "Joins what people found to what was answered, and says what a version is worth.",
    mixinStandardHelpOptions = true)
public final class PerformanceCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    try (PerformanceProcess process = PerformanceProcess.start(settings)) {
      // SIGTERM: what is joined is committed before the process ends.
      Thread drain =
          new Thread(
              () -> {
                process.close();
                Runtime.getRuntime().halt(0);
              },
              "osteon-drain");
      Runtime.getRuntime().addShutdownHook(drain);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Osteon joins %s and %s into %s; HTTP on port %d.%n",
          settings.get(TopicKeys.RESULTS),
          settings.get(TopicKeys.TRUTHS),
          settings.get(TopicKeys.PERFORMANCE),
          process.httpPort());
      out.flush();
      int status = process.run();
      Runtime.getRuntime().removeShutdownHook(drain);
      return status;
    }
  }
}
