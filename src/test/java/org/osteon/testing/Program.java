package org.osteon.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine, run to its end. */
public final class Program {
  private static final long MOST_SECONDS = 300;

  private Program() {}

  /** How it ended and everything it said, on both streams. */
  public record Ended(int status, String said) {}

  /** Whether there is such a program. */
  public static boolean exists(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  /** Runs it in a folder. */
  public static Ended run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("osteon-program-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " did not end within " + MOST_SECONDS + " s.");
      }
      return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
