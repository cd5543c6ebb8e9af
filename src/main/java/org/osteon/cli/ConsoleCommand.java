package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.ConsoleKeys;
import org.osteon.config.Settings;
import org.osteon.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon console}. */
@Command(
    name = "console",
    description = "Serves a page with results, alerts, what is for review and dead letters, live.",
    mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    try (Console console = Console.start(settings)) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Osteon's console is at http://%s:%d/%s%n",
          settings.get(ConsoleKeys.CONSOLE_LISTEN).getHostString(),
          console.port(),
          settings.find(ConsoleKeys.CONSOLE_TOKEN_FILE).isPresent() ? "" : ", read-only");
      out.flush();
      // Until the process is told to end; it holds nothing that would be lost.
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
