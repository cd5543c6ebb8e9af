package org.osteon.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each threat that {@code docs/security.md} names is stopped by something that a test shows. */
class ThreatModelTest {
  private static final Path ROOT = Path.of(System.getProperty("osteon.root", "..")).normalize();
  private static final String HEADING = "## What a … could do, and what stops it";
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void everyThreatNamesTestsThatThereAre() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/security.md"));
    assertThat(faults(page)).isEmpty();
  }

  @Test
  void aRowWithoutATestAndATestThatIsNotThereAreCaught() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/security.md"));
    assertThat(faults(page.replace("`UntriedTest`, `KilledReplicaTest`", "`UntiredTest`")))
        .hasSize(1);
    assertThat(faults(page.replace("`UntriedTest`, `KilledReplicaTest`", "tried by hand")))
        .hasSize(1);
  }

  private static List<String> faults(String page) throws IOException {
    Set<String> tests = tests();
    List<String> faults = new ArrayList<>();
    List<String> rows =
        page.substring(page.indexOf(HEADING))
            .lines()
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| "))
            .skip(2)
            .toList();
    assertThat(rows).as("threats").hasSizeGreaterThan(10);
    for (String row : rows) {
      String[] cells = row.split("\\s*\\|\\s*", -1);
      assertThat(cells).as(row).hasSize(6);
      Matcher name = NAME.matcher(cells[4]);
      int named = 0;
      while (name.find()) {
        named++;
        if (!tests.contains(name.group(1))) {
          faults.add(cells[1] + ": there is no test " + name.group(1));
        }
      }
      if (named == 0) {
        faults.add(cells[1] + ": no test shows what stops it");
      }
    }
    return faults;
  }

  /** Classes of tests that have at least one. */
  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(ThreatModelTest::holdsATest)
          .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static boolean holdsATest(Path file) {
    try {
      return Pattern.compile("(?m)^ +@(Test|ParameterizedTest|Property)\\b")
          .matcher(Files.readString(file))
          .find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
