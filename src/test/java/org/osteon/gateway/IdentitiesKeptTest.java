package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.identity.Forgetting;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentityPublisher;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;

/** Who the gateway's pseudonyms are: kept before the sender hears of success, and kept sealed. */
@Tag("integration")
class IdentitiesKeptTest {
  private static final String NAME = "INVENTED^IDA";
  private static final String NUMBER = "MRN-774411";
  private static final String ORDER = "ACC556677";
  private static final String BIRTH = "19581123";

  @TempDir private Path folder;

  @Test
  void theWayBackIsInTheTopicAndNothingInClearIsInAny() throws Exception {
    Dcmtk.require("storescu");
    Path keys = Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n");
    Reception reception = reception(Map.of("identity.key.file", keys.toString()));
    try (GatewayPublisher publisher = new GatewayPublisher(reception.settings, Map.of());
        Gateway gateway = Gateway.start(reception.settings, publisher)) {
      for (int seed : new int[] {41, 42, 41}) {
        assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", file(seed)).said())
            .contains("(Success)");
      }
    }
    List<XRayEvent> events = reception.events();
    assertThat(events).hasSize(3);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(reception.settings);
        Identities identities = identities(reception.settings, keys)) {
      XRayEvent first = find(events, 41, identities);
      Original original = original(identities, first);
      assertThat(original.instanceUid()).isEqualTo("2.25.1411");
      assertThat(original.studyUid()).isEqualTo("2.25.241");
      assertThat(original.seriesUid()).isEqualTo("2.25.341");
      assertThat(original.sopClass()).isEqualTo("1.2.840.10008.5.1.4.1.1.1.1");
      assertThat(original.of(Original.PATIENT_NAME)).isEqualTo(NAME + "41");
      assertThat(original.of(Original.PATIENT_ID)).isEqualTo(NUMBER + "41");
      assertThat(original.of(Original.ACCESSION_NUMBER)).isEqualTo(ORDER);
      assertThat(original.of(Original.BIRTH_DATE)).isEqualTo(BIRTH);
      assertThat(original.of(Original.SEX)).isEqualTo("F");
      assertThat(identities.size()).as("what is sent again is the same record").isEqualTo(2);
      assertThat(everyByte(reception.settings))
          .contains(first.getStudyInstanceUid())
          .doesNotContain("IDA", "INVENTED", "774411", ORDER, BIRTH)
          .doesNotContain("2.25.1411", "2.25.241", "2.25.341");

      // Deleted, for one patient of the two, by the pseudonym that everything else knows.
      EventSerdes serdes =
          new EventSerdes(Registry.connect(reception.settings), reception.settings);
      IdentitySeal seal = new IdentitySeal(SiteKeys.read(keys));
      IdentityPublisher writer =
          new IdentityPublisher(
              producer, serdes, seal, reception.settings.get(TopicKeys.IDENTITIES));
      Forgetting forgetting = new Forgetting(identities, writer);
      String patient = String.valueOf(first.getPatientPseudonym());
      assertThat(forgetting.patient(patient, true)).isEqualTo(1);
      assertThat(identities.size()).isEqualTo(2);
      assertThat(forgetting.patient(patient, false)).isEqualTo(1);
      assertThat(identities.of(first.getStudyInstanceUid(), first.getSopInstanceUid())).isEmpty();
      assertThat(forgetting.patient(patient, false)).isZero();
      assertThat(forgetting.before(Instant.now().minus(Duration.ofDays(1)), false)).isZero();
      assertThat(forgetting.before(Instant.now().plusSeconds(60), false)).isEqualTo(1);
      identities.readToEnd();
      assertThat(identities.size()).isZero();
    }
  }

  @Test
  void withoutItsIdentityAnImageIsNotTakenAndNoEventIsThere() throws Exception {
    Dcmtk.require("storescu");
    Reception reception = reception(Map.of("gateway.ack.timeout.ms", "500"));
    try (GatewayPublisher publisher = new GatewayPublisher(reception.settings, Map.of());
        Gateway gateway =
            Gateway.start(
                reception.settings,
                new EventSink() {
                  @Override
                  public Future<?> publish(XRayEvent event) {
                    return publisher.publish(event);
                  }

                  @Override
                  public Future<?> keep(IdentitySeal.Pseudonymous image, Original original) {
                    return new CompletableFuture<>();
                  }
                })) {
      assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", file(43)).said())
          .contains("(Refused: OutOfResources)")
          .doesNotContain("(Success)");
    }
    assertThat(reception.events()).isEmpty();
  }

  @Test
  void withoutKeysNothingIsKeptAndWrongOnesStopTheStart() throws Exception {
    Dcmtk.require("storescu");
    Reception reception = reception(Map.of());
    try (GatewayPublisher publisher = new GatewayPublisher(reception.settings, Map.of());
        Gateway gateway = Gateway.start(reception.settings, publisher)) {
      assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", file(44)).said()).contains("(Success)");
    }
    Path keys = Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n");
    try (Identities identities = identities(reception.settings, keys)) {
      identities.readToEnd();
      assertThat(identities.size()).isZero();
    }
    Path none = Files.writeString(folder.resolve("none"), "one two three\n");
    Settings wrong = reception(Map.of("identity.key.file", none.toString())).settings;
    assertThatThrownBy(() -> new GatewayPublisher(wrong, Map.of()).close())
        .isInstanceOf(ConfigException.class);
  }

  private static XRayEvent find(List<XRayEvent> events, int seed, Identities identities)
      throws Exception {
    for (XRayEvent event : events) {
      if (original(identities, event).studyUid().equals("2.25.2" + seed)) {
        return event;
      }
    }
    throw new AssertionError("no event of " + seed);
  }

  private static Original original(Identities identities, XRayEvent event) throws Exception {
    return identities
        .of(event.getStudyInstanceUid(), String.valueOf(event.getSopInstanceUid()))
        .orElseThrow();
  }

  private static Identities identities(Settings settings, Path keys) {
    Map<String, Object> config = settings.kafkaClient();
    config.put("enable.auto.commit", "false");
    return new Identities(
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new EventSerdes(Registry.connect(settings), settings),
        new IdentitySeal(SiteKeys.read(keys)),
        settings.get(TopicKeys.IDENTITIES));
  }

  private Path file(int seed) throws Exception {
    Map<Integer, String> person = new HashMap<>();
    person.put(0x00100010, NAME + seed);
    person.put(0x00100020, NUMBER + seed);
    person.put(0x00100030, BIRTH);
    person.put(0x00100040, "F");
    person.put(0x00080050, ORDER);
    person.put(0x00080020, "20261101");
    return Files.write(
        folder.resolve(seed + ".dcm"), DicomFiles.drawn(seed, Kind.FRACTURED, 90, 80, person));
  }

  /** Keys, values and headers of all topics of these settings, the internal ones left out. */
  private static String everyByte(Settings settings) throws Exception {
    String prefix =
        settings.get(TopicKeys.EVENTS).substring(0, settings.get(TopicKeys.EVENTS).indexOf('.'));
    StringBuilder all = new StringBuilder();
    Map<String, Object> config = settings.kafkaClient();
    config.put("enable.auto.commit", "false");
    try (Admin admin = Platform.admin(settings);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(prefix + "."))
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      assertThat(partitions).hasSizeGreaterThan(7);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          for (byte[] bytes : new byte[][] {each.key(), each.value()}) {
            all.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
          }
          each.headers()
              .forEach(header -> all.append(new String(header.value(), StandardCharsets.UTF_8)));
        }
      }
    }
    return all.toString();
  }

  private Reception reception(Map<String, String> further) throws Exception {
    return new Reception(folder, Platform.broker().bootstrapServers(), further);
  }
}
