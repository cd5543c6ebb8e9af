package org.osteon.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.KeyGroups;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

/**
 * The whole configuration, checked and parsed once. A flag beats the environment, the environment
 * beats the file, the file beats the default.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Settings {
  /** Fetched, decoded, in a batch, in a dead letter: fewer images than this and a stage starves. */
  private static final int IMAGES_IN_BUDGET = 4;

  private static final long MIB = 1 << 20;

  private final Map<Setting<?>, Object> own = new HashMap<>();
  private final Map<PassThrough, Map<String, String>> passed;
  private final Map<String, String> texts = new TreeMap<>();

  private Settings(RawSettings raw) {
    for (Setting<?> setting : KeyGroups.settings()) {
      String text = raw.own.getOrDefault(setting, setting.defaultValue());
      if (text != null) {
        own.put(setting, setting.parse(text, raw.where.getOrDefault(setting, "by default")));
        texts.put(setting.key(), text);
      }
    }
    this.passed = raw.passed;
    checkTogether();
  }

  /**
   * @param file a properties file in UTF-8, or null
   * @param env environment variables, {@link System#getenv()}
   * @param flags keys as in the file, values from the command line
   * @throws ConfigException unknown key, value out of range, or values that contradict each other
   */
  public static Settings load(
      @Nullable Path file, Map<String, String> env, Map<String, String> flags) {
    return new Settings(new RawSettings(file, env, flags));
  }

  /** From keys and values alone, as a test or the demo gives them. */
  public static Settings of(Map<String, String> values) {
    return load(null, Map.of(), values);
  }

  private void checkTogether() {
    long largest = get(ImageKeys.IMAGE_MAX_BYTES);
    long least = IMAGES_IN_BUDGET * largest;
    if (get(ImageKeys.MEMORY_BUDGET_MB) < least) {
      throw new ConfigException(
          "memory.budget.mb is %d, but %d images of image.max.bytes need %d: raise the one or lower the other."
              .formatted(
                  get(ImageKeys.MEMORY_BUDGET_MB) / MIB,
                  IMAGES_IN_BUDGET,
                  (least + MIB - 1) / MIB));
    }
    if (get(BatchKeys.INFERENCE_TIMEOUT_MS).compareTo(get(BatchKeys.BATCH_MAX_DELAY_MS)) <= 0) {
      throw new ConfigException(
          "inference.timeout.ms is %d, but a batch may wait for %d ms: raise it above batch.max.delay.ms."
              .formatted(
                  get(BatchKeys.INFERENCE_TIMEOUT_MS).toMillis(),
                  get(BatchKeys.BATCH_MAX_DELAY_MS).toMillis()));
    }
    RecordBounds.check(this);
  }

  /** The value in force, or empty where there is neither a value nor a default. */
  @SuppressWarnings("unchecked") // put in with the setting's own parser
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) own.get(setting));
  }

  /**
   * The value in force.
   *
   * @throws ConfigException where it was not set and has no default
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () ->
                new ConfigException(
                    "%s is not set: give it as %s, in the configuration file or as %s."
                        .formatted(setting.key(), setting.flag(), setting.variable())));
  }

  /** The values of a setting that holds several; none where it is not set. */
  public List<String> list(Setting<List<String>> setting) {
    return find(setting).orElse(List.of());
  }

  /** Whether {@code processing.guarantee} is exactly once. */
  public boolean exactlyOnce() {
    return get(KafkaKeys.PROCESSING_GUARANTEE).equals("exactly_once_v2");
  }

  /** {@code kafka.*} without the prefix: for every Kafka client. */
  public Map<String, String> kafka() {
    return passed(PassThrough.KAFKA);
  }

  /** {@code streams.*} without the prefix: for Kafka Streams. */
  public Map<String, String> streams() {
    return passed(PassThrough.STREAMS);
  }

  /**
   * {@code schema.registry.*} without the prefix and without the url: for the registry's client.
   */
  public Map<String, String> schemaRegistry() {
    return passed(PassThrough.REGISTRY);
  }

  /** What every Kafka client starts from: {@link #kafka()} and the brokers. */
  public Map<String, Object> kafkaClient() {
    Map<String, Object> properties = new TreeMap<>(kafka());
    properties.put("bootstrap.servers", get(KafkaKeys.BOOTSTRAP_SERVERS));
    return properties;
  }

  private Map<String, String> passed(PassThrough group) {
    return Map.copyOf(passed.getOrDefault(group, Map.of()));
  }

  /** Osteon's own keys with their values as a file would give them. */
  public Map<String, String> texts() {
    return Map.copyOf(texts);
  }

  /** Osteon's own keys; what passes through may hold passwords and is left out. */
  @Override
  public String toString() {
    return "Settings" + texts;
  }
}
