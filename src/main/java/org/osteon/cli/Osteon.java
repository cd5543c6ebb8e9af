package org.osteon.cli;

import org.osteon.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The root of all commands. Exit status 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "osteon",
    description = "Streaming inference for bone X-rays. For research use only.",
    mixinStandardHelpOptions = true,
    version = "osteon 0.1.0",
    subcommands = {DatasetCommand.class, DemoCommand.class, ServeCommand.class})
public final class Osteon {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error")
  private boolean verbose;

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command and returns its exit status. */
  static int run(String... arguments) {
    CommandLine commands = new CommandLine(new Osteon());
    commands.setExecutionExceptionHandler(Osteon::explain);
    return commands.execute(arguments);
  }

  /** An error is one sentence that says what to do. */
  private static int explain(Exception e, CommandLine command, ParseResult parsed) {
    String message = e.getMessage();
    System.err.println("osteon: " + (message == null ? e.toString() : message));
    if (((Osteon) command.getCommandSpec().root().userObject()).verbose) {
      e.printStackTrace();
    }
    return e instanceof ConfigException ? 2 : 1;
  }
}
