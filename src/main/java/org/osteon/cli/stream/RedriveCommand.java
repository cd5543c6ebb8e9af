package org.osteon.cli.stream;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.DeadLetterTable;
import org.osteon.cli.output.EventJson;
import org.osteon.cli.output.Json;
import org.osteon.client.Redrive;
import org.osteon.client.RedriveFilter;
import org.osteon.client.RedriveUndelivered;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeadLetter;
import org.osteon.event.Stage;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.terminal.Paint;
import org.osteon.terminal.Progress;
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
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only those that failed in DESERIALIZE, FETCH, DECODE, INFER or PUBLISH.")
  private @Nullable Stage stage;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Only those that failed since then: 2h, 3d (ago) or 2026-11-23T08:00:00Z.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Only those that failed before then.")
  private @Nullable Instant until;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second at most; as fast as it goes without.")
  private double rate;

  @Option(
      names = "--max",
      defaultValue = "3",
      description = "How often one event may be published again (default ${DEFAULT-VALUE}).")
  private int max;

  @Option(
      names = "--from-beginning",
      description = "Takes also those that an earlier run has published again.")
  private boolean fromBeginning;

  @Option(
      names = "--undelivered",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "TARGET",
      description =
          "Instead of dead letters, what this target of `osteon deliver` refused for good; without a name, what any did.")
  private @Nullable String undelivered;

  @Option(names = "--dry-run", description = "Only shows which.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description =
          "A line of JSON each with --dry-run, else the counts; the sentences go to standard error.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (max < 1 || rate < 0 || stage == Stage.UNKNOWN) {
      throw new ParameterException(
          spec.commandLine(),
          "--max must be at least 1, --rate positive and --stage one of those that there are.");
    }
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    if (undelivered != null) {
      return undelivered(settings, undelivered, out);
    }
    PrintWriter err = spec.commandLine().getErr();
    DeadLetterTable table =
        new DeadLetterTable(
            new EventSerdes(Registry.connect(settings), settings).events().deserializer());
    if (dryRun && !json) {
      out.println(Paint.here().of(Paint.Tone.STRONG, table.header()));
    }
    RedriveFilter filter = new RedriveFilter(reason, stage, since, until);
    Redrive.Watch watch = dryRun ? shown(out, json ? EventJson::of : table::row) : counted(err);
    Redrive.Outcome outcome =
        new Redrive(settings, filter, max, fromBeginning, rate).run(dryRun, watch);
    summary(settings, filter, outcome, json ? err : out);
    if (json && !dryRun) {
      out.println(Json.of(outcome));
    }
    out.flush();
    return 0;
  }

  private int undelivered(Settings settings, String target, PrintWriter out) {
    if (reason != null || stage != null || since != null || until != null || fromBeginning) {
      throw new ParameterException(
          spec.commandLine(), "--undelivered goes with --max and --dry-run alone.");
    }
    RedriveUndelivered.Outcome outcome = new RedriveUndelivered(settings, target, max).run(dryRun);
    if (json) {
      out.println(Json.of(outcome));
      out.flush();
      return 0;
    }
    out.printf(
        "%d results %s asked for again%s.%n",
        outcome.published(), dryRun ? "would be" : "are", target.isEmpty() ? "" : " for " + target);
    if (outcome.guarded() > 0) {
      out.printf("%d left: asked for again %d times already.%n", outcome.guarded(), max);
    }
    out.flush();
    return 0;
  }

  private void summary(
      Settings settings, RedriveFilter filter, Redrive.Outcome outcome, PrintWriter to) {
    to.printf(
        "%d dead letters %s%s.%n",
        outcome.published(),
        dryRun ? "would be published again to " : "published again to ",
        settings.get(TopicKeys.EVENTS));
    if (outcome.guarded() > 0) {
      to.printf("%d left: published again %d times already.%n", outcome.guarded(), max);
    }
    if (outcome.elsewhere() > 0) {
      to.printf(
          "%d left: too large to be in their letters, their source says where they lie.%n",
          outcome.elsewhere());
    }
    if (filter.isTimed() && !dryRun) {
      to.println("Nothing is remembered of a run with --since or --until: another takes the same.");
    }
    to.flush();
  }

  private static Redrive.Watch shown(PrintWriter out, Function<DeadLetter, String> line) {
    return new Redrive.Watch() {
      @Override
      public void taken(DeadLetter letter) {
        out.println(line.apply(letter));
      }

      @Override
      public void progress(long done, long total) {}
    };
  }

  private static Redrive.Watch counted(PrintWriter out) {
    return new Redrive.Watch() {
      private @Nullable Progress bar;

      @Override
      public void taken(DeadLetter letter) {}

      @Override
      public void progress(long done, long total) {
        if (!Progress.onTerminal()) {
          return;
        }
        Progress drawn = bar == null ? new Progress(out, true, "offsets looked at", total) : bar;
        bar = drawn;
        drawn.report(done);
        if (done >= total) {
          drawn.clear();
        }
      }
    };
  }
}
