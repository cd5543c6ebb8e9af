package org.osteon.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osteon.config.Settings;
import org.osteon.service.Hooks;
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
    if (loaded.modelPath().isEmpty()) {
      loaded = options.settings(Map.of("model.path", Home.defaultModel().toString()));
    }
    OsteonService service = OsteonService.start(loaded, Hooks.none());
    // SIGTERM: the hook drains and commits while this thread, no daemon, is told to end.
    Thread drain = new Thread(service::close, "osteon-drain");
    Runtime.getRuntime().addShutdownHook(drain);
    System.out.println("Osteon is up; HTTP on port " + service.httpPort());
    service.awaitStop();
    service.close();
    Optional<String> fatal = service.health().fatal();
    fatal.ifPresent(why -> System.err.println("osteon: " + why));
    return fatal.isPresent() ? 1 : 0;
  }
}
