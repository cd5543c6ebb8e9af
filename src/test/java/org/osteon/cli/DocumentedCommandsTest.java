package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command that a page shows is one that there is, with options that there are. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("osteon.root", "..")).normalize();

  /** In a block of code or between backticks. */
  private static final Pattern OSTEON = Pattern.compile("(?m)(?:^|`)\\./osteon ([^`#>\\n]+)");

  private static final Pattern MAKE = Pattern.compile("(?m)(?:^|`)make ([a-z][a-z-]*)");
  private static final Pattern OVERLAY = Pattern.compile("kubectl (?:apply -k|kustomize) (\\S+)");

  static Stream<String> commands() throws IOException {
    return found(OSTEON).stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsUnderstood(String command) {
    List<String> words =
        Arrays.stream(command.trim().split("\\s+"))
            .filter(word -> !word.equals("…") && !word.equals("\\"))
            .toList();
    CommandLine.ParseResult parsed = Osteon.commandLine().parseArgs(words.toArray(new String[0]));
    assertThat(parsed.hasSubcommand()).isTrue();
  }

  @Test
  void targetsAndOverlaysAreThere() throws IOException {
    String makefile = Files.readString(ROOT.resolve("Makefile"));
    assertThat(found(MAKE))
        .isNotEmpty()
        .allSatisfy(target -> assertThat(makefile).containsPattern("(?m)^" + target + ":"));
    assertThat(found(OVERLAY))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).isDirectory());
  }

  private static List<String> found(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (String page :
        List.of(
            "README.md",
            "docs/command-line.md",
            "docs/operations.md",
            "docs/kubernetes.md",
            "docs/rollout.md",
            "docs/scaling.md",
            "docs/security.md")) {
      Matcher matcher = pattern.matcher(Files.readString(ROOT.resolve(page)));
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }
}
