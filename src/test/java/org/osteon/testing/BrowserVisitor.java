package org.osteon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chromium, led by the scripts of {@code src/test/browser}; npm fetches what they need. */
public final class BrowserVisitor {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("osteon.root", "..")).resolve("src/test/browser").normalize();

  private BrowserVisitor() {}

  /** Skips the test where there is no browser. */
  public static void require() throws Exception {
    assumeTrue(Program.exists("chromium"), "skipped: there is no Chromium; make example-tools");
    assumeTrue(Program.exists("npm"), "skipped: there is no npm");
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
      assumeTrue(
          Program.run(SCRIPTS, List.of("npm", "ci", "--silent")).status() == 0,
          "skipped: npm could not fetch playwright-core and what goes with it");
    }
  }

  /** What a script says last, as JSON. */
  public static JsonNode see(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Program.Ended ended = Program.run(SCRIPTS, command);
    assertThat(ended.status()).as(ended.said()).isZero();
    return new ObjectMapper().readTree(ended.said().lines().reduce((a, b) -> b).orElseThrow());
  }
}
