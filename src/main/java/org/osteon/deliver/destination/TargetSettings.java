package org.osteon.deliver.destination;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osteon.config.value.ConfigException;
import org.osteon.event.Finding;

/**
 * One target's keys of {@code deliver.targets.file}. A key that is never read is a mistake, and
 * {@link #checkAllRead} says so.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class TargetSettings {
  private final String name;
  private final Map<String, String> values;
  private final Set<String> read = new TreeSet<>();

  /**
   * @param name of the target
   * @param values by key, without the name
   */
  TargetSettings(String name, Map<String, String> values) {
    this.name = name;
    this.values = new TreeMap<>(values);
  }

  /** The target's. */
  public String name() {
    return name;
  }

  /** What it wants: keys {@code finding}, {@code facilities} and {@code when}. */
  public Rule rule() {
    String least = word("finding", "NONE", "NONE|DOUBT|DEFINITE|CRITICAL");
    String facilities = text("facilities", "");
    Set<String> names =
        Arrays.stream(facilities.split(","))
            .map(String::trim)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    boolean settled = word("when", "settled", "settled|result").equals("settled");
    return new Rule(Finding.valueOf(least), names, settled);
  }

  /** A value, or what holds where there is none. */
  public String text(String key, String otherwise) {
    read.add(key);
    return values.getOrDefault(key, otherwise);
  }

  /**
   * @throws ConfigException there is none
   */
  public String required(String key) {
    String value = text(key, "");
    if (value.isEmpty()) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is not set: give it.".formatted(name, key));
    }
    return value;
  }

  /**
   * @param pattern words, separated by bars
   * @throws ConfigException it is none of them
   */
  public String word(String key, String otherwise, String pattern) {
    String value = text(key, otherwise);
    if (!value.matches(pattern)) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is %s and must be one of %s."
              .formatted(name, key, value, pattern.replace("|", ", ")));
    }
    return value;
  }

  /**
   * @throws ConfigException it is none
   */
  public int port(String key) {
    String value = required(key);
    int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > 65_535) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is %s and must be a port, 1 to 65535."
              .formatted(name, key, value));
    }
    return port;
  }

  /**
   * @throws ConfigException it is none, or out of bounds
   */
  public int number(String key, int otherwise, int least, int most) {
    String value = text(key, Integer.toString(otherwise));
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is %s and must be %d to %d."
              .formatted(name, key, value, least, most));
    }
    return number;
  }

  /** A file, where one is named. */
  public Optional<Path> file(String key) {
    String value = text(key, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /**
   * @throws ConfigException there is a key that its kind of target does not know
   */
  public void checkAllRead() {
    for (String key : values.keySet()) {
      if (!read.contains(key)) {
        throw new ConfigException(
            "deliver.targets.file: %s.%s is no key of a target of type %s: remove it; there are %s."
                .formatted(name, key, values.getOrDefault("type", "none"), read));
      }
    }
  }
}
