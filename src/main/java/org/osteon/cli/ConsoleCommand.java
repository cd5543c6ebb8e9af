package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.ConsoleKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.console.Console;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon console}. */
@Command(
    name = "console",
    description =
        "Serves a page with alerts, what is for review, results with their pictures, dead letters, versions and replicas, live.",
    mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    if (!settings.get(ConsoleKeys.CONSOLE_PICTURES)) {
      return serve(settings, null);
    }
    DjlEngine.configure(Cpus.share(false, 1, 1));
    String version = settings.find(ModelKeys.PATH).orElseGet(() -> Home.defaultModel().toString());
    try (ModelSource source = new ModelSource(settings);
        DjlModel model = DjlModel.load(source.at(version), "cpu", "f32");
        ConsolePictures pictures = new ConsolePictures(settings, model)) {
      return serve(settings, pictures);
    }
  }

  private int serve(Settings settings, @Nullable ConsolePictures pictures)
      throws IOException, InterruptedException {
    try (Console console = Console.start(settings, pictures)) {
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
