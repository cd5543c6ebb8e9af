package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Setting;
import org.osteon.config.Settings;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osteon serve}. */
@Command(
    name = "serve",
    description = "Runs the service against your own Kafka and schema registry.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", description = "A properties file")
  private @Nullable Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any key of the configuration")
  private final Map<String, String> settings = new TreeMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings loaded = Settings.load(config, System.getenv(), settings);
    if (loaded.get(Setting.MODEL_PATH).isEmpty()) {
      settings.put("model.path", Home.defaultModel().toString());
      loaded = Settings.load(config, System.getenv(), settings);
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
