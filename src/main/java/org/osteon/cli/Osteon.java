package org.osteon.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.osteon.cli.dataset.DatasetCommand;
import org.osteon.cli.model.ModelCommand;
import org.osteon.cli.output.ErrorMessage;
import org.osteon.cli.stream.PublishCommand;
import org.osteon.cli.stream.RedriveCommand;
import org.osteon.cli.stream.SkipCommand;
import org.osteon.cli.stream.TopicsCommand;
import org.osteon.cli.stream.WatchCommand;
import org.osteon.config.value.ConfigException;
import org.osteon.terminal.Paint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line. Exit status 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
    name = "osteon",
    description = "Classifies bone X-rays as they stream by. Research use only.",
    mixinStandardHelpOptions = true,
    version = "osteon 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchCommand.class,
      DemoCommand.class,
      ServeCommand.class,
      GatewayCommand.class,
      DeliverCommand.class,
      PerformanceCommand.class,
      IdentityCommand.class,
      PublishCommand.class,
      WatchCommand.class,
      RedriveCommand.class,
      SkipCommand.class,
      ReportCommand.class,
      TopicsCommand.class,
      TruthCommand.class,
      ScaleAdviceCommand.class,
      DatasetCommand.class,
      ModelCommand.class,
      ConsoleCommand.class,
      CompletionCommand.class
    })
public final class Osteon {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final String OLD_JAVA_OPTIONS = "OSTEON_JAVA_OPTS";

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Logs more, and shows the stack trace of an error.")
  private boolean verbose;

  /** Runs one command and ends the process with its status. */
  public static void main(String[] arguments) {
    configureLogging(Arrays.asList(arguments));
    if (System.getenv(OLD_JAVA_OPTIONS) != null && !Boolean.getBoolean("osteon.launcher")) {
      // Where no launcher reads it, it would be ignored without a word.
      System.err.println(
          OLD_JAVA_OPTIONS
              + " is read by the launcher alone: name the options in JAVA_TOOL_OPTIONS.");
      System.exit(WRONG_USAGE);
    }
    System.exit(commandLine().execute(arguments));
  }

  /** Before the first logger is made, which reads these; -D on the command line is stronger. */
  private static void configureLogging(List<String> arguments) {
    boolean verbose = arguments.contains("--verbose");
    if (verbose) {
      System.getProperties().putIfAbsent("log.level", "INFO");
    }
    // Only a service has a log that someone reads later: the other commands say what went wrong.
    if (!verbose
        && !arguments.contains("serve")
        && !arguments.contains("gateway")
        && !arguments.contains("performance")
        && !arguments.contains("console")) {
      System.getProperties().putIfAbsent("client.log.level", "ERROR");
      System.getProperties().putIfAbsent("event.log.level", "ERROR");
    }
  }

  /** The commands, ready to run: what {@link #main} runs, and tests. */
  public static CommandLine commandLine() {
    Osteon root = new Osteon();
    CommandLine line = new CommandLine(root);
    line.getSubcommands().values().stream()
        .filter(each -> !each.getSubcommands().isEmpty())
        .forEach(each -> each.addSubcommand(new HelpCommand()));
    return line.addSubcommand(new HelpCommand())
        .setColorScheme(
            Help.defaultColorScheme(Paint.here().coloured() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
        .setExecutionExceptionHandler(root::failed)
        .setExecutionStrategy(Osteon::run);
  }

  private static int run(ParseResult parsed) {
    boolean help = parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
    if (!parsed.hasSubcommand() && !help && !parsed.isVersionHelpRequested()) {
      CommandLine bare = parsed.commandSpec().commandLine();
      bare.usage(bare.getOut());
      return DONE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage() + Suggestion.of(e));
    err.printf("See: %s --help%n", command.getCommandSpec().qualifiedName());
    return WRONG_USAGE;
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(ErrorMessage.of(e));
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof ConfigException ? WRONG_USAGE : FAILED;
  }
}
