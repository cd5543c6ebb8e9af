package org.osteon.config.keys;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** The console. */
public final class ConsoleKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<InetSocketAddress> CONSOLE_LISTEN =
      KEYS.add(
          new Setting<>(
              "console.listen",
              "127.0.0.1:8090",
              ValueTypes.listen(),
              "Address and port of `osteon console`; port 0 takes a free one and prints it.",
              "Anyone who reaches it reads studies and findings: on another address put a proxy with TLS and a login before it."));

  public static final Setting<Path> CONSOLE_TOKEN_FILE =
      KEYS.add(
          new Setting<>(
              "console.token.file",
              null,
              ValueTypes.path(),
              "File with the token that actions of the console ask for, at least 16 characters; without it the console is read-only.",
              "In plain HTTP it can be read on the way."));

  public static final Setting<Boolean> CONSOLE_PICTURES =
      KEYS.add(
          new Setting<>(
              "console.pictures",
              "false",
              ValueTypes.either("true", "false"),
              "Whether the console shows pictures: it reads topics.events, keeps the newest files in memory for console.pictures.minutes, and asks the version at model.path where it looked.",
              "Anyone who reaches the page sees patients' pictures; it costs console.pictures.mb of memory, a model and a decode process."));

  public static final Setting<Duration> CONSOLE_PICTURES_MINUTES =
      KEYS.add(
          new Setting<>(
              "console.pictures.minutes",
              "60",
              ValueTypes.minutes(1, 10_080),
              "Minutes for which a picture may be looked at, from its publication.",
              "Longer means that more lies in memory, up to console.pictures.mb."));

  public static final Setting<Long> CONSOLE_PICTURES_MB =
      KEYS.add(
          new Setting<>(
              "console.pictures.mb",
              "256",
              ValueTypes.mebibytes(8, 65_536),
              "MiB of picture files that are kept at most; the oldest go first.",
              "Too few and a picture is gone when someone comes to look."));

  public static final Setting<List<String>> CONSOLE_REPLICAS =
      KEYS.add(
          new Setting<>(
              "console.replicas",
              null,
              ValueTypes.list("https?://[^/\\s]+", "http://HOST:PORT"),
              "Replicas whose health and rate are shown: http://HOST:PORT, several separated by commas; a host name stands for all its addresses.",
              "They are asked every five seconds; http.metrics.token.file is shown to them where it is set."));

  public static final Setting<List<String>> CONSOLE_DELIVERERS =
      KEYS.add(
          new Setting<>(
              "console.deliverers",
              null,
              ValueTypes.list("https?://[^/\\s]+", "http://HOST:PORT"),
              "Processes of `osteon deliver` whose targets are shown, with what waits for each: http://HOST:PORT, several separated by commas; a host name stands for all its addresses.",
              "They are asked every five seconds."));

  public static final Setting<Path> CONSOLE_MODELS =
      KEYS.add(
          new Setting<>(
              "console.models",
              null,
              ValueTypes.path(),
              "Folder of NAME/VERSION whose cards the console shows, and which it deploys where a token allows actions.",
              "Replicas look for a version under the same path: in the image /app/models, or a volume that all have."));

  private ConsoleKeys() {}
}
