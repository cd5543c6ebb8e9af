package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.gateway.Gateway;
import org.osteon.truth.TruthPublisher;
import org.osteon.truth.TruthSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon truth}. */
@Command(
    name = "truth",
    description = "What people found in the end: brings it in, and takes cases out for training.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TruthCommand.Import.class, TruthListenCommand.class, TruthExportCommand.class})
public final class TruthCommand {

  /** {@code osteon truth import}. */
  @Command(
      name = "import",
      description =
          "Publishes the rows of a sheet to topics.truths; one malformed row, and nothing is published.",
      mixinStandardHelpOptions = true)
  public static final class Import implements Callable<Integer> {
    /** Faults that are listed; a sheet of another kind has as many as rows. */
    private static final int LISTED = 20;

    @Mixin private SettingsOptions options;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "CSV", description = "The sheet; docs/truths.md.")
    private Path file;

    @Option(
        names = "--skip-malformed",
        description = "Publishes the other rows, and ends with 1 all the same.")
    private boolean skip;

    @Option(
        names = "--archive-uids",
        description =
            "The sheet has the archive's own study UIDs: they become the gateway's pseudonyms first. Needs gateway.key.file.")
    private boolean archive;

    @Option(names = "--dry-run", description = "Only reads the sheet.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
      Settings settings = options.settings();
      UnaryOperator<String> studies = archive ? Gateway.uids(settings) : UnaryOperator.identity();
      TruthSheet sheet = TruthSheet.read(file, studies, Instant.now());
      PrintWriter err = spec.commandLine().getErr();
      sheet.faults().stream().limit(LISTED).forEach(err::println);
      if (sheet.faults().size() > LISTED) {
        err.printf("And %d more.%n", sheet.faults().size() - LISTED);
      }
      boolean whole = sheet.faults().isEmpty();
      boolean publish = (whole || skip) && !dryRun;
      if (publish) {
        publish(settings, sheet);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%d rows %s, %d malformed.%n",
          sheet.truths().size(), publish ? "published" : "not published", sheet.faults().size());
      out.flush();
      if (!whole && !skip) {
        err.println("Mend these lines, or publish the others with --skip-malformed.");
      }
      err.flush();
      return whole ? 0 : 1;
    }

    private static void publish(Settings settings, TruthSheet sheet) {
      EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
      serdes.warm(TopicPlan.Writer.READER);
      try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
        new TruthPublisher(producer, serdes, settings.get(TopicKeys.TRUTHS))
            .publish(sheet.truths());
      }
    }
  }
}
