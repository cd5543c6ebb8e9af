package org.osteon.cli.stream;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.Json;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon topics}. */
@Command(
    name = "topics",
    description =
        "Creates the topics and registers the schemas; what exists and is wrong is named, not altered.",
    mixinStandardHelpOptions = true)
public final class TopicsCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--partitions",
      defaultValue = "" + TopicPlan.PARTITIONS,
      description =
          "Partitions of a new topic (default ${DEFAULT-VALUE}): the most replicas x threads.")
  private int partitions;

  @Option(
      names = "--replication",
      defaultValue = "0",
      description = "Copies of a new topic (default: 3, or as many as there are brokers).")
  private int replication;

  @Option(names = "--dry-run", description = "Only says what it would do.")
  private boolean dryRun;

  @Option(names = "--json", description = "JSON instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    if (partitions < 1 || replication < 0 || replication > Short.MAX_VALUE) {
      throw new ParameterException(
          spec.commandLine(), "--partitions must be at least 1 and --replication at least 0.");
    }
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Admin admin = PlainClients.admin(settings)) {
      TopicSetup.Report report =
          new TopicSetup(admin, Registry.connect(settings), settings)
              .run(partitions, replication, dryRun);
      if (json) {
        out.println(
            Json.of(
                Map.of("dryRun", dryRun, "changes", report.changes(), "faults", report.faults())));
        out.flush();
        return report.faults().isEmpty() ? 0 : 1;
      }
      report.changes().forEach(change -> out.println((dryRun ? "would " : "") + change));
      if (report.changes().isEmpty() && report.faults().isEmpty()) {
        out.println("Topics and schemas are as they should be.");
      }
      out.flush();
      report.faults().forEach(spec.commandLine().getErr()::println);
      return report.faults().isEmpty() ? 0 : 1;
    }
  }
}
