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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The JVM reads one of the two by itself, in the image as well; the other is an older name. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "OSTEON_JAVA_OPTS"})
  void bothNamesOfTheJvmsOptionsAreStrongerThanTheLaunchersOwn(String name) throws Exception {
    String options = "-Xmx96m -XX:+UseSerialGC -XX:+PrintFlagsFinal";
    assertThat(run(LAUNCHER, Map.of(name, options), "--version"))
        .containsPattern("MaxHeapSize\\s+= 100663296 ")
        .containsPattern("UseSerialGC\\s+= true ")
        .containsPattern("UseParallelGC\\s+= false ")
        .endsWith("osteon 0.1.0\n");
    assertThat(run(LAUNCHER, Map.of(name, "-XX:+PrintFlagsFinal"), "--version"))
        .containsPattern("MaxHeapSize\\s+= 536870912 ")
        .containsPattern("UseParallelGC\\s+= true ");
  }

  @Test
  void withoutTheLauncherTheOldNameIsRefusedRatherThanIgnored() throws Exception {
    String classes =
        LAUNCHER.resolveSibling("src/target/classes")
            + ":"
            + Files.readString(LAUNCHER.resolveSibling("src/target/classpath.txt"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes,
                "org.osteon.cli.Osteon",
                "--version")
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("OSTEON_JAVA_OPTS", "-Xmx96m");
    Process process = builder.start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "OSTEON_JAVA_OPTS is read by the launcher alone: name the options in JAVA_TOOL_OPTIONS.\n");
    assertThat(process.waitFor()).isEqualTo(2);
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
