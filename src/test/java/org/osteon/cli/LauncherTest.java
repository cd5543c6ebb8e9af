package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a person starts it; it builds nothing here, for a build is what runs this. */
@Timeout(600)
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("osteon.root", "..")).toAbsolutePath().resolve("osteon");

  @TempDir Path elsewhere;

  @Test
  void itRunsFromAnyDirectoryThroughALinkAndSaysNothingOfItsOwn() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("osteon-link"), LAUNCHER);
    assertThat(run(link, Map.of(), "--version")).isEqualTo("osteon 0.1.0\n");
    assertThat(run(link, Map.of("OSTEON_JAVA_OPTS", "-Xmx64m -Da=b"), "--version"))
        .isEqualTo("osteon 0.1.0\n");
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectory(elsewhere.resolve("bin"));
    for (String tool : new String[] {"bash", "dirname", "sed", "head"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    assertThat(run(LAUNCHER, Map.of("PATH", tools.toString(), "JAVA_HOME", ""), "--version"))
        .isEqualTo("osteon: There is no Java: install a JDK 17 or newer, or set JAVA_HOME.\n");
  }

  private String run(Path launcher, Map<String, String> environment, String argument)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", launcher.toString(), argument)
            .directory(elsewhere.toFile())
            .redirectErrorStream(true);
    builder.environment().put("OSTEON_NO_BUILD", "1");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
