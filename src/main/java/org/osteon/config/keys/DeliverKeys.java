package org.osteon.config.keys;

import java.nio.file.Path;
import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** The way back: whose results are, and who gets them. */
public final class DeliverKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Path> IDENTITY_KEY_FILE =
      KEYS.add(
          new Setting<>(
              "identity.key.file",
              null,
              ValueTypes.path(),
              "File with the site's keys for topics.identities, `ID HEX` a line, 64 hex digits each; the last seals, all open. The gateway writes identities with it, `osteon truth listen` the numbers of orders; the deliverer reads them.",
              "Without it nothing finds its way back to the archive's own study; lost, all identities are."));

  public static final Setting<Path> TARGETS_FILE =
      KEYS.add(
          new Setting<>(
              "deliver.targets.file",
              null,
              ValueTypes.path(),
              "Properties file with the targets of `osteon deliver`: NAME.type, NAME.host and so on, see docs/deliver.md.",
              "A target that is renamed begins anew where deliver.start says: its offsets are kept by name."));

  public static final Setting<String> START =
      KEYS.add(
          new Setting<>(
              "deliver.start",
              "latest",
              ValueTypes.choice("latest", "earliest"),
              "Where a target begins that has never delivered: with what comes from now on, or with all that topics.results holds.",
              "With earliest, a new archive gets months of results at once."));

  public static final Setting<Integer> ATTEMPTS =
      KEYS.add(
          new Setting<>(
              "deliver.attempts",
              "8",
              ValueTypes.whole(1, 1000),
              "Times that a target may answer that it cannot take a result just now, before that is an Undelivered; attempts at a target that is away do not count.",
              "Few give up during a restart of the other side's database; many hold a broken message for hours."));

  public static final Setting<Duration> BACKOFF_MAX_MS =
      KEYS.add(
          new Setting<>(
              "deliver.backoff.max.ms",
              "60000",
              ValueTypes.millis(100, 3_600_000),
              "Longest wait between two attempts, in milliseconds; the first is a quarter of a second, each later one twice the last.",
              "Long ones delay everything for so long after the target is back."));

  public static final Setting<Duration> TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "deliver.timeout.ms",
              "30000",
              ValueTypes.millis(100, 600_000),
              "Milliseconds that a target may take to answer; then it counts as away, and the same is sent again.",
              "Shorter than an archive takes to store, it is sent everything twice."));

  public static final Setting<Duration> SETTLE_SECONDS =
      KEYS.add(
          new Setting<>(
              "deliver.settle.seconds",
              "600",
              ValueTypes.seconds(0, 86_400),
              "Longest that a result waits for its study to be settled, in seconds; what raises an alert never waits.",
              "Shorter than studies.settle.seconds, nothing is ever waited for."));

  private DeliverKeys() {}
}
