package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.ProgressLines;
import org.osteon.cli.stream.InstantConverter;
import org.osteon.config.Settings;
import org.osteon.teaching.CaseKind;
import org.osteon.teaching.Choice;
import org.osteon.teaching.TeachingExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon truth export}. */
@Command(
    name = "export",
    description =
        "Writes what was missed, misread and doubted as a data set for `osteon dataset prepare`.",
    mixinStandardHelpOptions = true)
public final class TruthExportCommand implements Callable<Integer> {
  private static final Duration MONTH = Duration.ofDays(30);

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder for the data set, new or empty.")
  private Path folder;

  @Option(
      names = "--since",
      converter = InstantConverter.class,
      description = "Answered since: 12h or 30d ago, or 2026-11-01T00:00:00Z (default 30d).")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      converter = InstantConverter.class,
      description = "Answered before (default now).")
  private @Nullable Instant until;

  @Option(
      names = "--version-of",
      paramLabel = "NAME/VERSION",
      description = "Answers of this version alone (default: of each image the last one).")
  private @Nullable String version;

  @Option(
      names = "--images",
      defaultValue = "400",
      description =
          "Images to learn from at most, half of them right ones; as many again to measure by (default ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--per-patient",
      defaultValue = "4",
      description = "Images of one patient to learn from at most (default ${DEFAULT-VALUE}).")
  private int perPatient;

  @Option(
      names = "--image-truths-only",
      description =
          "Leaves out images of a study of several where no truth says which of them shows it.")
  private boolean imageTruthsOnly;

  @Option(
      names = "--identities",
      description = "Names studies and events in manifest.csv as the topics do.")
  private boolean identities;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant now = Instant.now();
    Instant to = until == null ? now : until;
    Instant from = since == null ? to.minus(MONTH) : since;
    if (images < 2 || perPatient < 1 || !from.isBefore(to)) {
      throw new ParameterException(
          spec.commandLine(),
          "--images must be at least 2, --per-patient at least 1, and --since before --until.");
    }
    Settings settings = options.settings();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    TeachingExport.Summary summary =
        new TeachingExport(settings, progress::offsets)
            .write(
                folder,
                new TeachingExport.Order(
                    from,
                    to,
                    version,
                    new Choice.Limits(images, perPatient, imageTruthsOnly),
                    identities));
    progress.clear();
    return print(summary);
  }

  private int print(TeachingExport.Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int taught = summary.exported().values().stream().mapToInt(Integer::intValue).sum();
    out.printf("With a truth: %s.%n", words(summary.found()));
    if (summary.withoutPicture() > 0) {
      err.printf(
          "%d chosen images are gone or out of reach: export before topics.events forgets them.%n",
          summary.withoutPicture());
    }
    if (summary.unreadable() > 0) {
      err.printf("%d records of results or truths cannot be read.%n", summary.unreadable());
    }
    out.printf(
        "%s: %d images to learn from (%s), %d to measure by.%n",
        folder, taught, words(summary.exported()), summary.measuring());
    out.flush();
    err.flush();
    if (taught == 0) {
      err.println("There is nothing to learn from: no truth of the period says otherwise.");
      err.flush();
      return 1;
    }
    return 0;
  }

  private static String words(Map<CaseKind, Integer> counts) {
    return Arrays.stream(CaseKind.values())
        .map(kind -> counts.getOrDefault(kind, 0) + " " + kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
