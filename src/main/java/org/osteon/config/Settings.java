package org.osteon.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, checked. A flag beats the environment, the environment beats the file,
 * the file beats the default.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Settings {
  /** Fetched, decoded, in a batch, in a dead letter: fewer images than this and a stage starves. */
  private static final int IMAGES_IN_BUDGET = 4;

  private static final long MIB = 1 << 20;

  private final Map<Setting, String> own;
  private final Map<PassThrough, Map<String, String>> passed;

  private Settings(RawSettings raw) {
    this.own = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String defaultValue = setting.defaultValue();
      if (defaultValue != null) {
        own.put(setting, defaultValue);
      }
    }
    own.putAll(raw.own);
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
    long least = IMAGES_IN_BUDGET * imageMaxBytes();
    if (memoryBudgetBytes() < least) {
      throw new ConfigException(
          "memory.budget.mb is %d, but %d images of image.max.bytes need %d: raise the one or lower the other."
              .formatted(memoryBudgetBytes() / MIB, IMAGES_IN_BUDGET, (least + MIB - 1) / MIB));
    }
    if (inferenceTimeout().compareTo(batchMaxDelay()) <= 0) {
      throw new ConfigException(
          "inference.timeout.ms is %d, but a batch may wait for %d ms: raise it above batch.max.delay.ms."
              .formatted(inferenceTimeout().toMillis(), batchMaxDelay().toMillis()));
    }
  }

  /** The value in force, or empty where there is neither a value nor a default. */
  public Optional<String> get(Setting setting) {
    return Optional.ofNullable(own.get(setting));
  }

  /**
   * @throws ConfigException where it was not set and has no default
   */
  public String require(Setting setting) {
    return get(setting)
        .orElseThrow(
            () ->
                new ConfigException(
                    "%s is not set: give it in the configuration file or as %s."
                        .formatted(setting.key(), setting.variable())));
  }

  /** {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return require(Setting.BOOTSTRAP_SERVERS);
  }

  /** {@code schema.registry.url}. */
  public String schemaRegistryUrl() {
    return require(Setting.SCHEMA_REGISTRY_URL);
  }

  /** {@code application.id}. */
  public String applicationId() {
    return require(Setting.APPLICATION_ID);
  }

  /** {@code topics.events}. */
  public String eventsTopic() {
    return require(Setting.TOPICS_EVENTS);
  }

  /** {@code topics.results}. */
  public String resultsTopic() {
    return require(Setting.TOPICS_RESULTS);
  }

  /** {@code topics.studies}. */
  public String studiesTopic() {
    return require(Setting.TOPICS_STUDIES);
  }

  /** {@code topics.alerts}. */
  public String alertsTopic() {
    return require(Setting.TOPICS_ALERTS);
  }

  /** {@code topics.dead-letters}. */
  public String deadLettersTopic() {
    return require(Setting.TOPICS_DEAD_LETTERS);
  }

  /** {@code topics.models}. */
  public String modelsTopic() {
    return require(Setting.TOPICS_MODELS);
  }

  /** {@code model.path}, where it was set: a folder or an address in S3. */
  public Optional<String> modelPath() {
    return get(Setting.MODEL_PATH);
  }

  /** {@code model.cache}. */
  public Path modelCache() {
    return get(Setting.MODEL_CACHE)
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "osteon-models"));
  }

  /** Whether {@code model.deployments} is follow. */
  public boolean modelDeploymentsAreFollowed() {
    return require(Setting.MODEL_DEPLOYMENTS).equals("follow");
  }

  /** {@code model.shadow.share}, from 0 to 1. */
  public double modelShadowShare() {
    return Double.parseDouble(require(Setting.MODEL_SHADOW_SHARE));
  }

  /** {@code batch.max.size}, in images. */
  public int batchMaxSize() {
    return (int) number(Setting.BATCH_MAX_SIZE);
  }

  /** {@code batch.max.delay.ms}. */
  public Duration batchMaxDelay() {
    return Duration.ofMillis(number(Setting.BATCH_MAX_DELAY_MS));
  }

  /** {@code inference.device}: auto, cpu, gpu or gpu:N. */
  public String inferenceDevice() {
    return require(Setting.INFERENCE_DEVICE);
  }

  /** {@code inference.precision}: auto, f32, bf16, fp16 or int8. */
  public String inferencePrecision() {
    return require(Setting.INFERENCE_PRECISION);
  }

  /** {@code inference.threads}; 0 to derive it. */
  public int inferenceThreads() {
    return (int) number(Setting.INFERENCE_THREADS);
  }

  /** {@code inference.timeout.ms}. */
  public Duration inferenceTimeout() {
    return Duration.ofMillis(number(Setting.INFERENCE_TIMEOUT_MS));
  }

  /** {@code decode.threads}; 0 to derive it. */
  public int decodeThreads() {
    return (int) number(Setting.DECODE_THREADS);
  }

  /** {@code image.max.bytes}. */
  public long imageMaxBytes() {
    return number(Setting.IMAGE_MAX_BYTES);
  }

  /** {@code image.max.pixels}. */
  public long imageMaxPixels() {
    return number(Setting.IMAGE_MAX_PIXELS);
  }

  /** {@code memory.budget.mb}, in bytes. */
  public long memoryBudgetBytes() {
    return number(Setting.MEMORY_BUDGET_MB) * MIB;
  }

  /** {@code modalities}. */
  public Set<String> modalities() {
    return Set.copyOf(
        Arrays.stream(require(Setting.MODALITIES).split(",")).map(String::trim).toList());
  }

  /** Whether {@code modalities.others} is dead-letter. */
  public boolean otherModalitiesAreDeadLetters() {
    return require(Setting.MODALITIES_OTHERS).equals("dead-letter");
  }

  /** {@code duplicates.window.minutes}. */
  public Duration duplicatesWindow() {
    return Duration.ofMinutes(number(Setting.DUPLICATES_WINDOW_MINUTES));
  }

  /** Whether {@code duplicates.answer} is drop. */
  public boolean duplicatesAreDropped() {
    return require(Setting.DUPLICATES_ANSWER).equals("drop");
  }

  /** {@code duplicates.max.events}, for each partition. */
  public int duplicatesMaxEvents() {
    return (int) number(Setting.DUPLICATES_MAX_EVENTS);
  }

  /** {@code duplicates.images}; 0 to keep none. */
  public int duplicatesImages() {
    return (int) number(Setting.DUPLICATES_IMAGES);
  }

  /** {@code alerts.review.probability}. */
  public Thresholds alertsReview() {
    return Thresholds.parse(require(Setting.ALERTS_REVIEW_PROBABILITY));
  }

  /** {@code alerts.urgent.probability}. */
  public Thresholds alertsUrgent() {
    return Thresholds.parse(require(Setting.ALERTS_URGENT_PROBABILITY));
  }

  /** {@code alerts.critical.probability}. */
  public Thresholds alertsCritical() {
    return Thresholds.parse(require(Setting.ALERTS_CRITICAL_PROBABILITY));
  }

  /** {@code studies.retention.hours}. */
  public Duration studiesRetention() {
    return Duration.ofHours(number(Setting.STUDIES_RETENTION_HOURS));
  }

  /** {@code studies.settle.seconds}; zero for never. */
  public Duration studiesSettle() {
    return Duration.ofSeconds(number(Setting.STUDIES_SETTLE_SECONDS));
  }

  /** {@code studies.max.images}. */
  public int studiesMaxImages() {
    return (int) number(Setting.STUDIES_MAX_IMAGES);
  }

  /** {@code http.port}; 0 to take a free one. */
  public int httpPort() {
    return (int) number(Setting.HTTP_PORT);
  }

  /** {@code http.address} and {@code http.port}. */
  public InetSocketAddress httpAddress() {
    return new InetSocketAddress(require(Setting.HTTP_ADDRESS), httpPort());
  }

  /** {@code http.metrics.listen}; empty where metrics have no port of their own. */
  public Optional<InetSocketAddress> metricsAddress() {
    return get(Setting.HTTP_METRICS_LISTEN)
        .map(
            value -> {
              int colon = value.lastIndexOf(':');
              int port = Integer.parseInt(value.substring(colon + 1));
              if (port > 65_535) {
                throw new ConfigException(
                    "http.metrics.listen is '%s': its port must be 65535 at most."
                        .formatted(value));
              }
              return new InetSocketAddress(value.substring(0, colon), port);
            });
  }

  /**
   * The token of {@code http.metrics.token.file}; empty where none is asked for.
   *
   * @throws ConfigException the file cannot be read, or holds less than a token
   */
  public Optional<String> metricsToken() {
    return get(Setting.HTTP_METRICS_TOKEN_FILE)
        .map(file -> TokenFile.read(Setting.HTTP_METRICS_TOKEN_FILE, Path.of(file)));
  }

  /** {@code health.stuck.after.ms}. */
  public Duration healthStuckAfter() {
    return Duration.ofMillis(number(Setting.HEALTH_STUCK_AFTER_MS));
  }

  /** Whether {@code log.format} is json. */
  public boolean logsJson() {
    return require(Setting.LOG_FORMAT).equals("json");
  }

  /** {@code processing.guarantee}: exactly_once_v2 or at_least_once. */
  public String processingGuarantee() {
    return require(Setting.PROCESSING_GUARANTEE);
  }

  /** Whether {@code processing.guarantee} is exactly once. */
  public boolean exactlyOnce() {
    return processingGuarantee().equals("exactly_once_v2");
  }

  /** {@code group.protocol}: classic or streams. */
  public String groupProtocol() {
    return require(Setting.GROUP_PROTOCOL);
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
    properties.put("bootstrap.servers", bootstrapServers());
    return properties;
  }

  private Map<String, String> passed(PassThrough group) {
    return Map.copyOf(passed.getOrDefault(group, Map.of()));
  }

  /** The values of a setting that holds several, separated by commas; none where it is not set. */
  public List<String> list(Setting setting) {
    return get(setting)
        .map(text -> Arrays.stream(text.split(",")).map(String::trim).toList())
        .orElse(List.of());
  }

  /** The value of a setting that is a whole number. */
  public long number(Setting setting) {
    return Long.parseLong(require(setting));
  }

  /** Osteon's own keys; what passes through may hold passwords and is left out. */
  @Override
  public String toString() {
    return "Settings" + own;
  }
}
