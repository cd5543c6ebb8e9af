package org.osteon.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon redrive}. */
@Command(
    name = "redrive",
    description = "Publishes dead letters again, those that came since it last did so.",
    mixinStandardHelpOptions = true)
public final class RedriveCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "Only those of that reason, e.g. UNKNOWN_SCHEMA.")
  private @Nullable String reason;

  @Option(
      names = "--max",
      defaultValue = "3",
      description = "How often one event may be published again (default ${DEFAULT-VALUE}).")
  private int max;

  @Option(
      names = "--from-beginning",
      description = "Takes also those that an earlier run has published again.")
  private boolean fromBeginning;

  @Option(names = "--dry-run", description = "Only shows which.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (max < 1) {
      throw new ParameterException(spec.commandLine(), "--max must be at least 1.");
    }
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    DeadLetterTable table = new DeadLetterTable();
    if (dryRun) {
      out.println(table.header());
    }
    Redrive.Outcome outcome =
        new Redrive(settings, reason, max, fromBeginning)
            .run(
                dryRun,
                letter -> {
                  if (dryRun) {
                    out.println(table.row(letter));
                  }
                });
    out.printf(
        "%d dead letters %s%s.%n",
        outcome.published(),
        dryRun ? "would be published again to " : "published again to ",
        settings.eventsTopic());
    if (outcome.guarded() > 0) {
      out.printf("%d left: published again %d times already.%n", outcome.guarded(), max);
    }
    if (outcome.elsewhere() > 0) {
      out.printf(
          "%d left: too large to be in their letters, their source says where they lie.%n",
          outcome.elsewhere());
    }
    out.flush();
    return 0;
  }
}
