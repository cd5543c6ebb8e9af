package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.deliver.Deliverer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon deliver}. */
@Command(
    name = "deliver",
    description = "Brings results to the targets of deliver.targets.file.",
    mixinStandardHelpOptions = true)
public final class DeliverCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    Deliverer.check(settings);
    try (Deliverer deliverer = Deliverer.start(settings)) {
      // SIGTERM: what is being sent gets its answer before the process ends.
      Thread drain =
          new Thread(
              () -> {
                deliverer.close();
                Runtime.getRuntime().halt(0);
              },
              "osteon-drain");
      Runtime.getRuntime().addShutdownHook(drain);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Osteon delivers %s to %s; HTTP on port %d.%n",
          settings.get(TopicKeys.RESULTS),
          String.join(", ", deliverer.targets()),
          deliverer.httpPort());
      out.flush();
      int status = deliverer.run();
      Runtime.getRuntime().removeShutdownHook(drain);
      return status;
    }
  }
}
