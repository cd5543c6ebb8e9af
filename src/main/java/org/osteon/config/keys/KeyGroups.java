package org.osteon.config.keys;

import java.util.List;
import java.util.stream.Stream;
import org.osteon.config.value.Setting;

/** Every setting there is, by subject, in the order in which the page shows them. */
public final class KeyGroups {
  private static final List<Setting<?>> SETTINGS =
      Stream.of(
              KafkaKeys.KEYS,
              TopicKeys.KEYS,
              ModelKeys.KEYS,
              CanaryKeys.KEYS,
              BatchKeys.KEYS,
              ImageKeys.KEYS,
              EventKeys.KEYS,
              FindingKeys.KEYS,
              FetchKeys.KEYS,
              PublishKeys.KEYS,
              GatewayKeys.KEYS,
              DeliverKeys.KEYS,
              PerformanceKeys.KEYS,
              ReportKeys.KEYS,
              HttpKeys.KEYS,
              OperationKeys.KEYS,
              ConsoleKeys.KEYS)
          .flatMap(group -> group.settings().stream())
          .toList();

  private KeyGroups() {}

  /** All of them. */
  public static List<Setting<?>> settings() {
    return SETTINGS;
  }
}
