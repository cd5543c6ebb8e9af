package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.testing.CommandRun;

@Timeout(600)
class UsageTest {
  @TempDir Path folder;

  @Test
  void wrongUsageIsTwoAndOneSentence() {
    wrong("publish", "Missing required parameter");
    wrong("frobnicate", "Unmatched argument");
    wrong(
        "watch",
        "TOPIC must be",
        "nonsense",
        "--bootstrap-servers=h:1",
        "--schema-registry-url=http://h");
    wrong("demo", "give neither DIR nor --split", "--hospital", "folder");
    wrong("topics", "bootstrap.servers is not set");
    wrong("topics", "did you mean batch.max.size?", "--set", "batch.max.siz=1");
    wrong("topics", "--partitions must be at least 1", "--partitions=0");
    wrong("scale-advice", "Missing required option");
    wrong("scale-advice", "--load must be", "--metrics=http://h:1", "--load=2");
    wrong("topics", "cannot be read", "--config", folder.resolve("none").toString());
    wrong(
        "topics",
        "Kafka's client refuses",
        "--bootstrap-servers=127.0.0.1:1",
        "--schema-registry-url=http://127.0.0.1:1",
        "--set=kafka.security.protocol=NONSENSE");
  }

  @Test
  void whatFailsIsOneAndOneSentence() {
    String[] nowhere = {
      "--bootstrap-servers=127.0.0.1:1", "--schema-registry-url=http://127.0.0.1:1"
    };
    CommandRun gone =
        CommandRun.of("publish", folder.resolve("no").toString(), nowhere[0], nowhere[1]);
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.err()).contains("There is no file").hasLineCount(1);
    CommandRun empty = CommandRun.of("publish", folder.toString(), nowhere[0], nowhere[1]);
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.err()).contains("No images").hasLineCount(1);
    CommandRun silent = CommandRun.of("scale-advice", "--metrics=http://127.0.0.1:1");
    assertThat(silent.status()).isEqualTo(1);
    assertThat(silent.err()).contains("of a running replica").hasLineCount(1);
    CommandRun away =
        CommandRun.of(
            "topics",
            nowhere[0],
            nowhere[1],
            "--set=kafka.default.api.timeout.ms=1000",
            "--set=kafka.request.timeout.ms=500");
    assertThat(away.status()).isEqualTo(1);
    assertThat(away.err()).contains("check that bootstrap.servers").hasLineCount(1);
  }

  @Test
  void aStackTraceComesOnlyWithVerbose() {
    CommandRun quiet =
        CommandRun.of("publish", folder.resolve("no").toString(), "--bootstrap-servers=h:1");
    assertThat(quiet.err()).doesNotContain("\tat ");
    CommandRun verbose =
        CommandRun.of(
            "publish", folder.resolve("no").toString(), "--bootstrap-servers=h:1", "--verbose");
    assertThat(verbose.err()).contains("\tat ");
  }

  @Test
  void helpIsThereForEachCommand() {
    assertThat(CommandRun.of("--version").status()).isZero();
    for (String command : List.of("publish", "watch", "redrive", "topics", "scale-advice")) {
      CommandRun help = CommandRun.of(command, "--help");
      assertThat(help.status()).isZero();
      assertThat(help.out()).contains("--config").contains(command);
    }
  }

  private static void wrong(String command, String because, String... further) {
    String[] arguments = new String[further.length + 1];
    arguments[0] = command;
    System.arraycopy(further, 0, arguments, 1, further.length);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err()).contains(because);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("\tat ");
  }
}
