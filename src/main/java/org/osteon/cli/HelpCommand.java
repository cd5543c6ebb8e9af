package org.osteon.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon help model deploy}: picocli's own help knows one level of commands only. */
@Command(
    name = "help",
    description = "Shows how a command is used, e.g. help model deploy.",
    helpCommand = true)
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Which; all without it.")
  private List<String> path = List.of();

  @Override
  public Integer call() {
    CommandLine at = spec.parent().commandLine();
    for (String name : path) {
      CommandLine next = at.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(
            at, "There is no command '%s'%s".formatted(name, Suggestion.ofCommand(name, at)));
      }
      at = next;
    }
    at.usage(spec.commandLine().getOut());
    return 0;
  }
}
