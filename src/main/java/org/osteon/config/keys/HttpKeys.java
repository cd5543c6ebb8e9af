package org.osteon.config.keys;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Probes, metrics and logs. */
public final class HttpKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> HTTP_PORT =
      KEYS.add(
          new Setting<>(
              "http.port",
              "8080",
              ValueTypes.whole(0, 65_535),
              "Port of /livez and /readyz, and of /metrics and /version unless http.metrics.listen is set; 0 takes a free one and prints it.",
              "It listens in plain HTTP: keep it inside the cluster."));

  public static final Setting<String> HTTP_ADDRESS =
      KEYS.add(
          new Setting<>(
              "http.address",
              "0.0.0.0",
              ValueTypes.text("[0-9a-zA-Z.:-]{1,253}", "an address or a name of this machine"),
              "Address that it listens on: 0.0.0.0 for all, 127.0.0.1 for this machine alone.",
              "Probes and scrapers come from outside of the container: 127.0.0.1 shuts them out."));

  public static final Setting<InetSocketAddress> HTTP_METRICS_LISTEN =
      KEYS.add(
          new Setting<>(
              "http.metrics.listen",
              null,
              ValueTypes.listen(),
              "Address and port of /metrics and /version, which are then no longer on http.port; port 0 takes a free one.",
              "Without it, anyone who reaches the probes reads the metrics too."));

  public static final Setting<Path> HTTP_METRICS_TOKEN_FILE =
      KEYS.add(
          new Setting<>(
              "http.metrics.token.file",
              null,
              ValueTypes.path(),
              "File with the token that readers of /metrics and /version must show (Authorization: Bearer), at least 16 characters; probes need none.",
              "In plain HTTP it can be read on the way. `osteon scale-advice` shows it where it has the same setting."));

  public static final Setting<Duration> HEALTH_STUCK_AFTER_MS =
      KEYS.add(
          new Setting<>(
              "health.stuck.after.ms",
              "120000",
              ValueTypes.millis(1_000, 3_600_000),
              "Milliseconds without an answer, with backlog and with broker and registry there, after which /livez says no.",
              "Below the time of a slow batch or a long drain it restarts a replica that works; a restart makes a rebalance."));

  public static final Setting<Boolean> LOG_FORMAT =
      KEYS.add(
          new Setting<>(
              "log.format",
              "text",
              ValueTypes.either("json", "text"),
              "How `serve` logs: lines for people, or one JSON object a line.",
              "What is said before the configuration is read is text in either case."));

  private HttpKeys() {}
}
