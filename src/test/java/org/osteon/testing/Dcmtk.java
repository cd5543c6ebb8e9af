package org.osteon.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Somebody else's DICOM: the programs of dcmtk, and Debian's pydicom. */
public final class Dcmtk {
  private Dcmtk() {}

  /** How a program ended, and what it said. */
  public record Ended(int status, String said) {}

  /** Skips the test, with a message, where a program is not there. */
  public static void require(String... programs) {
    for (String program : programs) {
      boolean there = Files.isExecutable(Path.of("/usr/bin", program));
      Assumptions.assumeTrue(there, () -> program + " is missing: apt-get install dcmtk");
    }
  }

  /** Skips the test, with a message, where Debian's Python has no pydicom. */
  public static void requirePydicom() throws Exception {
    boolean there = run("/usr/bin/python3", "-c", "import pydicom").status() == 0;
    Assumptions.assumeTrue(there, "pydicom is missing: apt-get install python3-pydicom");
  }

  /** Skips the test, with a message, where the shared radiographs are not there. */
  public static Path requireRadiographs() {
    Path folder = root().resolve("../shared/data/dicom/radiograph").normalize();
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
    return folder;
  }

  /** The repository. */
  public static Path root() {
    return Path.of(System.getProperty("osteon.root", "..")).toAbsolutePath().normalize();
  }

  /** {@code storescu} in a profile that sends every file as it is. */
  public static Ended store(int port, String title, Path... files) throws Exception {
    List<String> command = new ArrayList<>(List.of("storescu", "-v", "--no-halt"));
    Path profile = root().resolve("examples/gateway/storescu.cfg");
    command.addAll(List.of("-xf", profile.toString(), "Radiographs", "-aec", title));
    command.addAll(List.of("127.0.0.1", Integer.toString(port)));
    for (Path file : files) {
      command.add(file.toString());
    }
    return run(command.toArray(new String[0]));
  }

  /** Runs a program to its end, five minutes at most. */
  public static Ended run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("osteon-dcmtk-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " does not end: " + Files.readString(out));
      }
      return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
