package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.gateway.Gateway;
import org.osteon.gateway.GatewayPublisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon gateway}. */
@Command(
    name = "gateway",
    description = "Takes images by DICOM (C-STORE) and HTTP and publishes them, de-identified.",
    mixinStandardHelpOptions = true)
public final class GatewayCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    Gateway.check(settings);
    CountDownLatch stopped = new CountDownLatch(1);
    try (GatewayPublisher publisher =
            new GatewayPublisher(
                settings, patience(settings.get(GatewayKeys.ACK_TIMEOUT_MS).toMillis()));
        Gateway gateway = Gateway.start(settings, publisher)) {
      // SIGTERM: what was taken gets its answer before the process ends.
      Thread drain =
          new Thread(
              () -> {
                gateway.close();
                publisher.close();
                Runtime.getRuntime().halt(0);
              },
              "osteon-drain");
      Runtime.getRuntime().addShutdownHook(drain);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Osteon's gateway %s takes DICOM on port %d%s; events go to %s.%n",
          settings.get(GatewayKeys.AE_TITLE),
          gateway.dicomPort(),
          gateway.httpPort().isPresent()
              ? " and HTTP on port " + gateway.httpPort().getAsInt()
              : "",
          settings.get(TopicKeys.EVENTS));
      out.flush();
      stopped.await();
    }
    return 0;
  }

  /** The producer gives up no later than the sender is answered. */
  private static Map<String, Object> patience(long millis) {
    int request = (int) Math.max(200, Math.min(10_000, millis / 2));
    return Map.of(
        "delivery.timeout.ms", (int) Math.max(millis, request + 100L),
        "request.timeout.ms", request,
        "max.block.ms", millis);
  }
}
