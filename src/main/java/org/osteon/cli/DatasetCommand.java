package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.osteon.dataset.Preparation;
import org.osteon.image.ImageDecoders;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osteon dataset …}. */
@Command(
    name = "dataset",
    description = "Prepares arrays for training.",
    mixinStandardHelpOptions = true)
public final class DatasetCommand {
  @Command(
      name = "prepare",
      description = "Writes images as arrays for training, decoded by the code that serves.",
      mixinStandardHelpOptions = true)
  int prepare(
      @Parameters(
              paramLabel = "DIR",
              description = "Folder with manifest.csv or class folders healthy/, fractured/, …")
          Path folder,
      @Parameters(paramLabel = "OUT", description = "Folder for arrays.npz and dataset.json")
          Path out,
      @Option(
              names = "--size",
              defaultValue = "160",
              description = "Rows and columns of a plane (default ${DEFAULT-VALUE})")
          int size,
      @Option(
              names = "--resize",
              defaultValue = "letterbox",
              description = "letterbox or stretch (default ${DEFAULT-VALUE})")
          String resize,
      @Option(
              names = "--synthetic",
              defaultValue = "0",
              description = "Drawn radiographs to add for each class (default ${DEFAULT-VALUE})")
          int synthetic)
      throws IOException {
    InputSpec spec =
        new InputSpec(size, size, InputSpec.Resize.valueOf(resize.toUpperCase(Locale.ROOT)));
    Preparation preparation =
        new Preparation(ImageDecoders.standard(new ImageLimits(1L << 26, 200_000_000)), spec);
    Preparation.Summary summary = preparation.run(folder, out, synthetic);
    System.out.printf(
        "%d images written to %s, %d unreadable; digest %s%n",
        summary.images(), out, summary.unreadable().size(), summary.digest());
    summary.unreadable().forEach((file, why) -> System.out.printf("  %s: %s%n", file, why));
    return 0;
  }
}
