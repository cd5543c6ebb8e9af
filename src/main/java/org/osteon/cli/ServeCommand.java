package org.osteon.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.ModelKeys;
import org.osteon.service.Hooks;
import org.osteon.service.LogFormat;
import org.osteon.service.OsteonService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code osteon serve}. */
@Command(
    name = "serve",
    description = "Runs the service against your own Kafka and schema registry.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings loaded = options.settings();
    if (loaded.find(ModelKeys.PATH).isEmpty()) {
      loaded = options.settings(Map.of("model.path", Home.defaultModel().toString()));
    }
    LogFormat.apply(loaded);
    OsteonService service = OsteonService.start(loaded, Hooks.none());
    System.out.println("Osteon is up; HTTP on port " + service.httpPort());
    return service.run();
  }
}
