package org.osteon.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.stream.InstantConverter;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.gateway.Gateway;
import org.osteon.identity.Forgetting;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentityPublisher;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.SiteKeys;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon identity}. */
@Command(
    name = "identity",
    description = "Deletes whose pseudonyms are whose.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = IdentityCommand.Forget.class)
public final class IdentityCommand {

  /** {@code osteon identity forget}. */
  @Command(
      name = "forget",
      description =
          "Deletes identities: a tombstone for each image; nothing of it can be delivered.",
      mixinStandardHelpOptions = true)
  public static final class Forget implements Callable<Integer> {
    @Mixin private SettingsOptions options;
    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--dry-run", description = "Only says how many.")
    private boolean dryRun;

    /** Which of them; one of these. */
    static final class Which {
      @Option(
          names = "--patient",
          description =
              "A patient's, by the number that standard input holds: an argument would show it to everyone who lists processes. Needs gateway.key.file.")
      private boolean patient;

      @Option(
          names = "--pseudonym",
          paramLabel = "HEX",
          description = "A patient's, by patientPseudonym of events and results.")
      private @Nullable String pseudonym;

      @Option(
          names = "--study",
          paramLabel = "UID",
          description = "A study's, by studyInstanceUid of events and results.")
      private @Nullable String study;

      @Option(
          names = "--before",
          paramLabel = "TIME",
          converter = InstantConverter.class,
          description = "All that were written before then: 400d (ago) or 2026-11-23T08:00:00Z.")
      private @Nullable Instant before;
    }

    @Override
    public Integer call() throws IOException {
      Settings settings = options.settings();
      IdentitySeal seal =
          new IdentitySeal(SiteKeys.read(settings.get(DeliverKeys.IDENTITY_KEY_FILE)));
      EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
      String topic = settings.get(TopicKeys.IDENTITIES);
      try (Producer<byte[], byte[]> producer = PlainClients.producer(settings);
          Identities identities =
              new Identities(PlainClients.consumer(settings, Map.of()), serdes, seal, topic)) {
        Forgetting forgetting =
            new Forgetting(identities, new IdentityPublisher(producer, serdes, seal, topic));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
            "The identity of %d images %s deleted from %s.%n",
            forget(settings, forgetting), dryRun ? "would be" : "is", topic);
        out.flush();
      }
      return 0;
    }

    private int forget(Settings settings, Forgetting forgetting) throws IOException {
      if (which.before != null) {
        return forgetting.before(which.before, dryRun);
      }
      if (which.study != null) {
        return forgetting.study(which.study, dryRun);
      }
      String pseudonym =
          which.pseudonym == null ? Gateway.pseudonym(settings, number()) : which.pseudonym;
      return forgetting.patient(pseudonym, dryRun);
    }

    private String number() throws IOException {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null || line.isBlank()) {
        throw new ParameterException(
            spec.commandLine(), "--patient wants the patient's number on standard input.");
      }
      return line.trim();
    }
  }
}
