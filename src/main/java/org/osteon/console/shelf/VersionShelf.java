package org.osteon.console.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.config.keys.CanaryKeys;
import org.osteon.config.keys.ConsoleKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.model.ModelFolders;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.TrustedKeys;

/**
 * The versions below {@code console.models}. Nothing but what lies there can be looked at or
 * deployed: a label that is not among them is none.
 *
 * <p><b>Threading.</b> Any thread.
 */
public final class VersionShelf {
  private static final String CARD = "MODEL_CARD.md";
  private static final String FIGURES = "report";

  private final Path models;
  private final TrustedKeys trusted;
  private final double share;

  private VersionShelf(Path models, TrustedKeys trusted, double share) {
    this.models = models;
    this.trusted = trusted;
    this.share = share;
  }

  /**
   * @return empty where {@code console.models} names no folder
   * @throws ConfigException it names one that is not there, or a trusted key is none
   */
  public static Optional<VersionShelf> of(Settings settings) {
    Optional<Path> models = settings.find(ConsoleKeys.CONSOLE_MODELS);
    if (models.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isDirectory(models.get())) {
      throw new ConfigException(
          "console.models: there is no folder "
              + models.get()
              + "; name one that holds NAME/VERSION, or leave the key out.");
    }
    try {
      TrustedKeys trusted =
          new TrustedKeys(settings.list(ModelKeys.TRUSTED_KEYS).stream().map(Path::of).toList());
      Path folder = models.get().toAbsolutePath().normalize();
      return Optional.of(new VersionShelf(folder, trusted, settings.get(CanaryKeys.SHARE)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("model.trusted.keys: " + e.getMessage(), e);
    }
  }

  /** {@code name/version} of each, by name and then by number. */
  public List<String> labels() {
    return folders().stream().map(ModelFolders::label).toList();
  }

  /** The model card, Markdown; empty where there is no such version or it has none. */
  public Optional<String> card(String label) {
    return file(label, CARD)
        .map(
            card -> {
              try {
                return Files.readString(card);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Names of the figures of its report, PNG. */
  public List<String> figures(String label) {
    Path folder = folder(label).map(found -> found.resolve(FIGURES)).orElse(null);
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".png"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of {@link #figures}; empty where it is none of them. */
  public Optional<byte[]> figure(String label, String name) throws IOException {
    Path file =
        figures(label).contains(name) ? file(label, FIGURES + "/" + name).orElse(null) : null;
    return file == null ? Optional.empty() : Optional.of(Files.readAllBytes(file));
  }

  /**
   * What tells replicas to run it. They look for it where it lies here, and verify it again.
   *
   * @param by who deploys it
   * @throws OperationFailedException there is no such version, or it is not what its manifest says
   */
  public ModelDeployment deployment(String label, DeploymentMode mode, String by) {
    Path folder =
        folder(label)
            .orElseThrow(() -> new OperationFailedException(label + " is not there any more."));
    ModelVersion version;
    try {
      version = ModelVersion.read(folder);
      trusted.check(folder);
    } catch (ModelRefusedException e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
    @Nullable Double studies = mode == DeploymentMode.CANARY ? Double.valueOf(share) : null;
    return new ModelDeployment(
        version.manifest().name(),
        version.manifest().version(),
        version.sha256(),
        folder.toUri().toString(),
        mode,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        by,
        studies,
        null,
        null,
        null);
  }

  private Optional<Path> file(String label, String name) {
    return folder(label).map(found -> found.resolve(name)).filter(Files::isRegularFile);
  }

  private Optional<Path> folder(String label) {
    return folders().stream().filter(each -> ModelFolders.label(each).equals(label)).findFirst();
  }

  private List<Path> folders() {
    try {
      return ModelFolders.all(models);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
