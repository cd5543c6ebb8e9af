package org.osteon.cli.stream;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.EventMaker;
import org.osteon.client.EventPublisher;
import org.osteon.client.ImageFiles;
import org.osteon.client.OperationFailedException;
import org.osteon.client.Outbox;
import org.osteon.client.PublishJournal;
import org.osteon.client.RateLimiter;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Priority;
import org.osteon.image.format.ImageFormats;
import org.osteon.terminal.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon publish}. */
@Command(
    name = "publish",
    description = "Publishes images or folders as events; done when each has arrived.",
    mixinStandardHelpOptions = true)
public final class PublishCommand implements Callable<Integer> {
  /** What counts as one study when files come without an order. */
  enum StudyPer {
    FILE,
    FOLDER
  }

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Image files or folders.")
  private List<Path> paths;

  @Option(names = "--facility", defaultValue = "cli", description = "Code of the site.")
  private String facility;

  @Option(
      names = "--body-part",
      paramLabel = "TERM",
      description = "DICOM's term, e.g. WRIST; stronger than a manifest.csv in the folder.")
  private @Nullable String bodyPart;

  @Option(
      names = "--priority",
      defaultValue = "ROUTINE",
      description = "STAT or ROUTINE (default ${DEFAULT-VALUE}).")
  private Priority priority;

  @Option(
      names = "--study-per",
      defaultValue = "FILE",
      description = "file or folder: what counts as one study (default ${DEFAULT-VALUE}).")
  private StudyPer studyPer;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Images a second at most; as fast as it goes without.")
  private double rate;

  @Option(
      names = "--event-id-from-digest",
      description = "Event ids from the files alone: publishing again gives the same ids.")
  private boolean idFromDigest;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Keeps in FILE what has arrived, and leaves that out when run again.")
  private @Nullable Path resume;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rate < 0 || priority == Priority.UNKNOWN) {
      throw new ParameterException(
          spec.commandLine(), "--rate must be positive and --priority STAT or ROUTINE.");
    }
    Settings settings = options.settings();
    List<ImageFiles.Found> files = ImageFiles.under(paths);
    if (files.isEmpty()) {
      throw new OperationFailedException(
          "No images (JPEG, PNG, BMP, TIFF, DICOM) under those paths: name others.");
    }
    if (resume == null) {
      publish(settings, files, null);
    } else {
      try (PublishJournal journal = new PublishJournal(resume)) {
        publish(settings, files, journal);
        journal.throwIfFailed();
      }
    }
    return 0;
  }

  private void publish(
      Settings settings, List<ImageFiles.Found> files, @Nullable PublishJournal journal)
      throws IOException, InterruptedException {
    String id = journal == null ? UUID.randomUUID().toString().substring(0, 8) : journal.run();
    EventMaker maker = new EventMaker(facility, priority, idFromDigest ? null : id);
    PrintWriter out = spec.commandLine().getOut();
    Progress progress =
        new Progress(
            spec.commandLine().getErr(), Progress.onTerminal(), "images published", files.size());
    RateLimiter pace = new RateLimiter(rate);
    int before = 0;
    try (EventPublisher publisher = new EventPublisher(settings);
        Outbox outbox = new Outbox(maker, settings)) {
      for (ImageFiles.Found file : files) {
        String line = journal == null ? "" : PublishJournal.line(file.path());
        if (journal != null && journal.has(line)) {
          before++;
          continue;
        }
        pace.await();
        CompletableFuture<?> arrival =
            publisher.publish(
                outbox.event(
                    bytes(file.path(), settings),
                    ImageFormats.STANDARD.mediaType(file.path()),
                    studyPer == StudyPer.FOLDER ? folder(file.path()) : null,
                    bodyPart == null ? file.bodyPart() : bodyPart));
        if (journal != null) {
          arrival.thenRun(() -> journal.add(line));
        }
        publisher.throwIfFailed();
        progress.report(before + publisher.arrived());
      }
      publisher.awaitAll();
      progress.report(before + publisher.arrived());
      progress.clear();
      out.printf(
          "%d images published to %s.%n", publisher.arrived(), settings.get(TopicKeys.EVENTS));
      if (before > 0) {
        out.printf("%d left out: they had arrived before.%n", before);
      }
      out.flush();
    }
  }

  private static byte[] bytes(Path file, Settings settings) throws IOException {
    if (Files.size(file) > settings.get(ImageKeys.IMAGE_MAX_BYTES)) {
      throw new OperationFailedException(
          "%s is larger than image.max.bytes (%d): raise that here, in the service and in the topics, or leave it out."
              .formatted(file, settings.get(ImageKeys.IMAGE_MAX_BYTES)));
    }
    return Files.readAllBytes(file);
  }

  private static String folder(Path file) {
    return String.valueOf(file.toAbsolutePath().normalize().getParent());
  }
}
