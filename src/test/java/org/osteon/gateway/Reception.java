package org.osteon.gateway;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.Platform;

/** Topics, a key and a token for a gateway, and what it published. */
final class Reception {
  static final String TOKEN = "a-token-of-twenty-letters";

  final Settings settings;

  Reception(Path folder, String bootstrapServers, Map<String, String> further) throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("gateway.dicom.port", "0");
    values.put("gateway.http.port", "0");
    values.put("gateway.key.file", file(folder, "key", "0123456789abcdef".repeat(4)));
    values.put("gateway.http.token.file", file(folder, "token", TOKEN));
    values.putAll(further);
    settings = Platform.settings(bootstrapServers, Platform.registry().url(), values);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
  }

  private static String file(Path folder, String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  /** All settings in a file, as a process of its own takes them. */
  Path write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings.texts());
    Path file = folder.resolve("gateway.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /** Every event that lies in the topic now. */
  List<XRayEvent> events() {
    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    Map<String, Object> config = settings.kafkaClient();
    config.put("enable.auto.commit", "false");
    List<XRayEvent> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(settings.get(TopicKeys.EVENTS)).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          events.add(((EventReading.Read) reader.read(each.value())).event());
        }
      }
    }
    return events;
  }
}
