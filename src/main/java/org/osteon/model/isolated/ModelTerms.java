package org.osteon.model.isolated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osteon.image.InputSpec;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;

/**
 * How a version runs in a process of its own.
 *
 * @param version verified; the process verifies it again
 * @param choice what is measured to choose a variant
 * @param maxSize images in the largest batch; each size up to it is warmed
 * @param intraOpThreads threads that one call uses inside the engine
 * @param memoryMb MiB that it may take beside the engine and a small heap, on a CPU
 * @param loading longest time until it is warm
 * @param call longest time of one call
 */
public record ModelTerms(
    ModelVersion version,
    Choice choice,
    int maxSize,
    int intraOpThreads,
    int memoryMb,
    Duration loading,
    Duration call) {

  /**
   * How a variant is chosen; see {@link org.osteon.model.engine.VariantChoice#load}.
   *
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @param precision a variant, or {@code auto}
   * @param batchSize images of a batch that is timed
   */
  public record Choice(String device, String precision, int batchSize) {}

  /** Bytes of the planes of the largest batch that is asked for, timed or answered. */
  long batchBytes() {
    InputSpec spec = version.manifest().inputSpec();
    return (long) Math.max(maxSize, choice.batchSize()) * spec.planeBytes();
  }

  List<String> arguments() {
    return List.of(
        version.folder().toString(),
        version.sha256(),
        choice.device(),
        choice.precision(),
        Integer.toString(choice.batchSize()),
        Integer.toString(maxSize),
        Integer.toString(intraOpThreads),
        Integer.toString(memoryMb));
  }

  /** What {@link #arguments} says, in the process; times are its parent's affair. */
  static ModelTerms of(String[] arguments) {
    ModelVersion version = ModelVersion.read(Path.of(arguments[0]));
    if (!version.sha256().equals(arguments[1])) {
      throw new ModelRefusedException(
          "Model version %s is refused: its manifest was changed meanwhile."
              .formatted(version.label()));
    }
    return new ModelTerms(
        version,
        new Choice(arguments[2], arguments[3], Integer.parseInt(arguments[4])),
        Integer.parseInt(arguments[5]),
        Integer.parseInt(arguments[6]),
        Integer.parseInt(arguments[7]),
        Duration.ZERO,
        Duration.ZERO);
  }
}
