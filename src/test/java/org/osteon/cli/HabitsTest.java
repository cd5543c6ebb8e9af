package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ShippedModel;
import org.osteon.terminal.Paint;
import org.osteon.terminal.Progress;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Program;

/** What people expect of any command line. */
@Timeout(600)
class HabitsTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("osteon.root", "..")).toAbsolutePath().resolve("osteon");

  private static final String ESCAPE = "\u001b[";

  @TempDir Path folder;

  @Test
  void aTypoIsAnsweredWithWhatWasMeant() {
    suggests("watch", "wtach");
    suggests("model", "modle", "list");
    suggests("verify", "model", "verfy");
    suggests("--from-beginning", "watch", "--from-begining");
    suggests("--bootstrap-servers", "watch", "--bootstrap-server=h:1");
    suggests("--metrics", "scale-advice", "--metric=http://h:1");
    suggests("--dry-run", "redrive", "--dry");
    suggests("deploy", "help", "model", "deply");
    // A word that is near to nothing gets no guess.
    assertThat(CommandRun.of("frobnicate").err()).doesNotContain("did you mean");
  }

  private static void suggests(String meant, String... typed) {
    CommandRun run = CommandRun.of(typed);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean " + meant + "?").contains("--help");
  }

  @Test
  void helpIsACommandAtEveryLevel() {
    String asked = CommandRun.of("model", "deploy", "--help").out();
    assertThat(asked).contains("osteon model deploy");
    assertThat(CommandRun.of("help", "model", "deploy")).isEqualTo(new CommandRun(0, asked, ""));
    assertThat(CommandRun.of("model", "help", "deploy")).isEqualTo(new CommandRun(0, asked, ""));
    assertThat(CommandRun.of("help").out()).contains("completion", "watch", "model");
    assertThat(CommandRun.of().out()).isEqualTo(CommandRun.of("help").out());
  }

  @Test
  void errorsNameFlagKeyAndVariable() {
    assertThat(CommandRun.of("watch").err())
        .contains("--schema-registry-url", "schema.registry.url", "OSTEON_SCHEMA_REGISTRY_URL");
    assertThat(CommandRun.of("topics", "--set=http.port=many").err())
        .contains("http.port must be", "as --set http.port=…");
    CommandRun away =
        CommandRun.of(
            "topics",
            "--bootstrap-servers=127.0.0.1:1",
            "--schema-registry-url=http://127.0.0.1:1",
            "--set=kafka.default.api.timeout.ms=1000",
            "--set=kafka.request.timeout.ms=500");
    assertThat(away.err())
        .contains("bootstrap.servers (--bootstrap-servers, OSTEON_BOOTSTRAP_SERVERS)");
  }

  @Test
  void versionsAreListedAsJson() throws Exception {
    Path models = ShippedModel.folder().resolve("../..").normalize();
    CommandRun run = CommandRun.of("model", "list", "--json", models.toString());
    assertThat(run.status()).isZero();
    JsonNode versions = new ObjectMapper().readTree(run.out()).path("versions");
    int lines = CommandRun.of("model", "list", models.toString()).out().split("\n").length;
    assertThat(versions).hasSize(lines - 1);
    JsonNode shipped =
        versions
            .valueStream()
            .filter(each -> same(Path.of(each.path("folder").asText()), ShippedModel.folder()))
            .findFirst()
            .orElseThrow();
    assertThat(shipped.path("sound").asBoolean()).isTrue();
    assertThat(shipped.path("sha256").asText()).hasSize(64);
    assertThat(shipped.path("variants").valueStream().map(JsonNode::asText)).contains("f32");
    Path broken = Files.createDirectories(folder.resolve("none/1"));
    Files.writeString(broken.resolve("model.json"), "{}");
    CommandRun refused = CommandRun.of("model", "list", "--json", folder.toString());
    assertThat(refused.status()).isEqualTo(1);
    JsonNode one = new ObjectMapper().readTree(refused.out()).path("versions").path(0);
    assertThat(one.path("sound").asBoolean()).isFalse();
    assertThat(one.path("fault").asText()).isNotEmpty();
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  @Test
  void differencesAreJsonToo() throws Exception {
    Path newest = ShippedModel.folder();
    Path first = newest.resolveSibling("1");
    CommandRun run = CommandRun.of("model", "diff", "--json", first.toString(), newest.toString());
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode differences = new ObjectMapper().readTree(run.out());
    assertThat(differences).isNotEmpty();
    assertThat(differences.valueStream())
        .anySatisfy(each -> assertThat(each.path("key").asText()).isEqualTo("version"));
  }

  @Test
  void bashCompletesCommandsOptionsAndWhatOptionsTake() throws Exception {
    Path script = Files.writeString(folder.resolve("osteon.bash"), completion("bash"));
    assertThat(completed("bash", script, "osteon", "wat")).isEqualTo("watch");
    assertThat(completed("bash", script, "osteon", "model", "dep")).isEqualTo("deploy");
    assertThat(completed("bash", script, "osteon", "watch", "--from")).contains("--from-beginning");
    assertThat(completed("bash", script, "osteon", "redrive", "--stage", "DEC"))
        .isEqualTo("DECODE");
    assertThat(completed("bash", script, "osteon", "completion", "z")).isEqualTo("zsh");
  }

  @Test
  void zshCompletesThemToo() throws Exception {
    assumeTrue(Program.exists("zsh"), "There is no zsh here.");
    Path script = Files.writeString(folder.resolve("osteon.zsh"), completion("zsh"));
    Program.Ended registered =
        Program.run(
            folder,
            List.of("zsh", "-fc", "source '%s' && print -r -- $_comps[osteon]".formatted(script)));
    assertThat(registered.said()).contains("_complete_osteon");
  }

  @Test
  void anotherShellIsRefused() {
    CommandRun run = CommandRun.of("completion", "fish");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("SHELL must be bash or zsh, not 'fish'");
  }

  private static String completion(String shell) {
    CommandRun run = CommandRun.of("completion", shell);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  /** What the shell offers for the last of the words, as it asks the function itself. */
  private String completed(String shell, Path script, String... words) throws Exception {
    String ask =
        "source '%s' && COMP_WORDS=(%s) COMP_CWORD=%d && _complete_osteon 2>/dev/null; echo \"${COMPREPLY[*]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    Program.Ended ended = Program.run(folder, List.of(shell, "-c", ask));
    return ended.said().strip();
  }

  @Test
  void colourIsForATerminalThatWantsIt() throws Exception {
    Map<String, String> plain = Map.of("TERM", "xterm");
    assertThat(Paint.of(plain, true).of(Paint.Tone.ALARM, "x")).isEqualTo("\u001b[1;31mx\u001b[0m");
    assertThat(Paint.of(plain, true).of(Paint.Tone.PLAIN, "x")).isEqualTo("x");
    assertThat(Paint.of(plain, false).of(Paint.Tone.ALARM, "x")).isEqualTo("x");
    assertThat(Paint.of(Map.of("NO_COLOR", "1"), true).of(Paint.Tone.ALARM, "x")).isEqualTo("x");
    assertThat(Paint.of(Map.of("TERM", "dumb"), true).of(Paint.Tone.ALARM, "x")).isEqualTo("x");
    assertThat(CommandRun.of("help").out()).doesNotContain(ESCAPE);
  }

  @Test
  void theLauncherColoursOnATerminalAndNotInAPipe() throws Exception {
    assumeTrue(Program.exists("script"), "There is no script(1) here, which gives a terminal.");
    String list = "'%s' model list".formatted(LAUNCHER);
    assertThat(shell("script -qec \"%s\" /dev/null".formatted(list))).contains(ESCAPE + "1m");
    assertThat(shell("NO_COLOR=1 script -qec \"%s\" /dev/null".formatted(list)))
        .contains("sound")
        .doesNotContain(ESCAPE);
    assertThat(shell(list + " | cat")).contains("sound").doesNotContain(ESCAPE);
  }

  private String shell(String line) throws Exception {
    String quiet = "unset JAVA_TOOL_OPTIONS NO_COLOR; export OSTEON_NO_BUILD=1 TERM=xterm; ";
    return Program.run(folder, List.of("bash", "-c", quiet + line)).said();
  }

  @Test
  void inAPipeWhatIsSoonDoneSaysNothing() {
    StringWriter said = new StringWriter();
    Progress progress = new Progress(new PrintWriter(said), false, "images", 10);
    for (int i = 0; i <= 10; i++) {
      progress.report(i);
    }
    assertThat(said.toString()).isEmpty();
  }
}
