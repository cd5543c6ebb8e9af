package org.osteon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void defaultsAreThoseOfTheContract() {
    Settings settings = Settings.of(Map.of());
    assertThat(settings.get(KafkaKeys.APPLICATION_ID)).isEqualTo("osteon");
    assertThat(settings.get(TopicKeys.DEAD_LETTERS)).isEqualTo("xray.dead-letters");
    assertThat(settings.get(BatchKeys.BATCH_MAX_SIZE)).isEqualTo(16);
    assertThat(settings.get(BatchKeys.BATCH_MAX_DELAY_MS)).isEqualTo(Duration.ofMillis(20));
    assertThat(settings.get(ImageKeys.IMAGE_MAX_BYTES)).isEqualTo(33_554_432);
    assertThat(settings.get(ImageKeys.MEMORY_BUDGET_MB)).isEqualTo(256L << 20);
    assertThat(settings.exactlyOnce()).isTrue();
    assertThat(settings.get(HttpKeys.HTTP_PORT)).isEqualTo(8080);
    assertThat(settings.find(ModelKeys.PATH)).isEmpty();
  }

  @Test
  void aFlagBeatsTheEnvironmentAndTheEnvironmentBeatsTheFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("o.properties"),
            "http.port=1\nbatch.max.size=2\ntopics.dead-letters=a\napplication.id=file\n");
    Map<String, String> env =
        Map.of(
            "OSTEON_HTTP_PORT", "11",
            "OSTEON_BATCH_MAX_SIZE", "12",
            "OSTEON_TOPICS_DEAD_LETTERS", "b",
            "OSTEON_APPLICATION_ID", "");
    Settings settings = Settings.load(file, env, Map.of("http.port", "0"));
    assertThat(settings.get(HttpKeys.HTTP_PORT)).isZero();
    assertThat(settings.get(BatchKeys.BATCH_MAX_SIZE)).isEqualTo(12);
    assertThat(settings.get(TopicKeys.DEAD_LETTERS)).isEqualTo("b");
    assertThat(settings.get(KafkaKeys.APPLICATION_ID)).isEqualTo("file");
  }

  @Test
  void otherProgramsSettingsPassThroughFromFileAndEnvironment() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("o.properties"),
            "kafka.security.protocol=SASL_SSL\nstreams.num.stream.threads=2\n"
                + "schema.registry.basic.auth.user.info=a:b\nschema.registry.url=http://r:8081\n");
    Map<String, String> env = Map.of("OSTEON_KAFKA_SASL_JAAS_CONFIG", "secret");
    Settings settings = Settings.load(file, env, Map.of("bootstrap.servers", "k1:9092, k2:9092"));
    assertThat(settings.kafkaClient())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "secret")
        .containsEntry("bootstrap.servers", "k1:9092, k2:9092");
    assertThat(settings.streams()).isEqualTo(Map.of("num.stream.threads", "2"));
    assertThat(settings.schemaRegistry()).isEqualTo(Map.of("basic.auth.user.info", "a:b"));
    assertThat(settings.toString()).doesNotContain("secret").doesNotContain("a:b");
  }

  @Test
  void aTypoIsAnsweredWithTheNearestKey() {
    refused(Map.of("batch.max.sise", "8"), "did you mean batch.max.size?");
    assertThatThrownBy(() -> Settings.load(null, Map.of("OSTEON_MODEL_PAHT", "x"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean OSTEON_MODEL_PATH?");
    refused(Map.of("zzz", "8"), "docs/configuration.md");
  }

  @Test
  void valuesOutOfRangeAreRefusedInOneSentence() {
    refused(Map.of("batch.max.size", "0"), "from 1 to 1024, not '0' as --set batch.max.size=….");
    refused(Map.of("batch.max.size", "many"), "a whole number");
    refused(Map.of("inference.device", "tpu"), "auto, cpu, gpu or gpu:N");
    refused(Map.of("schema.registry.url", "localhost:8081"), "http or https");
    refused(Map.of("bootstrap.servers", "kafka"), "host:port");
    refused(Map.of("topics.events", "x ray"), "letters");
    refused(Map.of("application.id", " "), "must be");
    refused(Map.of("processing.guarantee", "exactly_once"), "exactly_once_v2 or at_least_once");
  }

  @Test
  void valuesThatContradictEachOtherAreRefused() {
    refused(Map.of("image.max.bytes", "200000000"), "raise the one or lower the other");
    refused(
        Map.of("inference.timeout.ms", "100", "batch.max.delay.ms", "100"), "batch.max.delay.ms");
    refused(Map.of("studies.max.images", "2000"), "lower studies.max.images (2000000 of them)");
    refused(Map.of("event.attributes.max.bytes", "200000"), "event.attributes.max.bytes (1200000)");
    refused(Map.of("kafka.bootstrap.servers", "k:9092"), "Set bootstrap.servers instead");
  }

  @Test
  void whatKubernetesMakesUpForAServiceIsNoSetting() {
    Map<String, String> links =
        Map.of(
            "OSTEON_SERVICE_HOST", "10.0.0.1",
            "OSTEON_SERVICE_PORT_HTTP", "8080",
            "OSTEON_PORT", "tcp://10.0.0.1:8080",
            "OSTEON_PORT_8080_TCP_ADDR", "10.0.0.1",
            "OSTEON_HTTP_PORT", "tcp://10.0.0.1:8080",
            "OSTEON_JAVA_OPTS", "-Xmx1g");
    assertThat(Settings.load(null, links, Map.of()).get(HttpKeys.HTTP_PORT)).isEqualTo(8080);
  }

  @Test
  void whatIsMissingIsNamedWhenItIsNeeded() {
    assertThatThrownBy(() -> Settings.of(Map.of()).get(KafkaKeys.BOOTSTRAP_SERVERS))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "bootstrap.servers is not set: give it as --bootstrap-servers, in the configuration file or as OSTEON_BOOTSTRAP_SERVERS.");
    assertThatThrownBy(() -> Settings.load(folder.resolve("no"), Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be read");
  }

  private static void refused(Map<String, String> values, String because) {
    assertThatThrownBy(() -> Settings.of(values))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(because);
  }
}
