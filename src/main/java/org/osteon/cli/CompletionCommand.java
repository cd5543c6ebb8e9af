package org.osteon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script with which a shell completes commands and options.",
      "bash: osteon completion bash > ~/.local/share/bash-completion/completions/osteon",
      "zsh: osteon completion zsh > ~/.osteon.zsh, and `source ~/.osteon.zsh` in ~/.zshrc"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  /** For completion itself. */
  static final class Shells implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  private String shell;

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new ParameterException(
          spec.commandLine(), "SHELL must be bash or zsh, not '%s'.".formatted(shell));
    }
    // One script for both: in zsh it turns on zsh's own completion in the manner of bash.
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("osteon", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
