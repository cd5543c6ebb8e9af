package org.osteon.config.value;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration: its type, its default, what it means, and what goes wrong with it.
 * Each is a constant of the class of its subject (in {@code config.keys}), from which {@code
 * docs/configuration.md} is made.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> what a value becomes, once, when it is read
 */
public final class Setting<T> {
  private final String key;
  private final @Nullable String defaultValue;
  private final ValueType<T> type;
  private final String meaning;
  private final String caution;

  /**
   * @param defaultValue as it would stand in a file; null where there is none
   * @param meaning with its unit
   * @param caution what goes wrong with it
   */
  public Setting(
      String key,
      @Nullable String defaultValue,
      ValueType<T> type,
      String meaning,
      String caution) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.type = type;
    this.meaning = meaning;
    this.caution = caution;
  }

  /** The key in a file, {@code model.path}. */
  public String key() {
    return key;
  }

  /** The environment variable, {@code OSTEON_MODEL_PATH}. */
  public String variable() {
    return "OSTEON_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** How the command line gives it, {@code --set model.path=…}. */
  public String flag() {
    return switch (key) {
      case "bootstrap.servers", "schema.registry.url" -> "--" + key.replace('.', '-');
      default -> "--set %s=…".formatted(key);
    };
  }

  /** All its names, for an error: {@code model.path (--set model.path=…, OSTEON_MODEL_PATH)}. */
  public String named() {
    return "%s (%s, %s)".formatted(key, flag(), variable());
  }

  /** The default as it would stand in a file, or null where the operator must give one. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** The range in words. */
  public String range() {
    return type.range();
  }

  /** What it means, with its unit. */
  public String meaning() {
    return meaning;
  }

  /** What goes wrong with it. */
  public String caution() {
    return caution;
  }

  /**
   * The value of a text.
   *
   * @throws ConfigException it is none
   */
  public T parse(String text, String where) {
    try {
      if (text.isEmpty()) {
        throw new ValueType.Fault(type.range());
      }
      return type.parse(text);
    } catch (ValueType.Fault e) {
      throw new ConfigException(
          "%s must be %s, not '%s' %s.".formatted(key, e.getMessage(), text, where), e);
    }
  }

  @Override
  public String toString() {
    return key;
  }
}
