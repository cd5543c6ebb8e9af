package org.osteon.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osteon.model.ModelVersion;

/** A published network with random weights, written by {@code training/train untrained}. */
public final class UntrainedVersion {
  private UntrainedVersion() {}

  /**
   * @param folder where the version is written, below the network's name
   * @return nothing where Python or PyTorch is missing, or the project's training folder
   */
  public static Optional<ModelVersion> write(String network, int side, Path folder)
      throws IOException, InterruptedException {
    Path version = folder.resolve(network).resolve("1");
    Path train = Path.of(System.getProperty("osteon.root", "."), "training", "train");
    PythonRun run =
        PythonRun.of(
            List.of(
                "bash",
                train.toString(),
                "untrained",
                network,
                version.toString(),
                "--side",
                Integer.toString(side)));
    return run.status() == 0 ? Optional.of(ModelVersion.read(version)) : Optional.empty();
  }
}
