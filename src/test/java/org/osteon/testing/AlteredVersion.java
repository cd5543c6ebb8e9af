package org.osteon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osteon.model.ModelVersion;

/** A version that is another one with a twist; see {@code src/test/python/altered_version.py}. */
public enum AlteredVersion {
  /** HEALTHY and FRACTURED are exchanged. */
  SWAPPED,
  /** It takes seconds over whatever is neither blank nor golden. */
  SLOW,
  /** It takes minutes over that; a process that runs it had better end by itself. */
  HUNG,
  /** It raises an error on that. */
  FAILING,
  /** It takes a second over that. */
  SLUGGISH,
  /** It raises an error on a picture that is black on the left and white on the right. */
  PARTIAL,
  /** HEALTHY and FRACTURED are exchanged where more than four are asked about at once. */
  CROWDED,
  /** The same under another name. */
  RENAMED,
  /** It ends the process on a picture that is black on the left and white on the right. */
  ABORTING,
  /** It ends the process whatever it is asked. */
  CRASHING,
  /** It takes 8 GiB on a picture that is black on the left and white on the right. */
  BLOATED,
  /** It prints on standard output what it is asked. */
  TALKING;

  private static final String PYTHON = "/usr/bin/python3";

  /** Writes it into a folder of this name. */
  public ModelVersion of(Path version, Path into) throws IOException, InterruptedException {
    assumeTrue(
        Program.run(into, List.of(PYTHON, "-c", "import torch")).status() == 0,
        "There is no PyTorch for Python: run training/install.");
    Path root = Path.of(System.getProperty("osteon.root", "..")).toAbsolutePath().normalize();
    Path target = into.resolve(name());
    Program.Ended ended =
        Program.run(
            into,
            List.of(
                PYTHON,
                root.resolve("src/test/python/altered_version.py").toString(),
                version.toString(),
                target.toString(),
                name().toLowerCase(java.util.Locale.ROOT)));
    assertThat(ended.status()).as(ended.said()).isZero();
    return ModelVersion.read(target);
  }
}
