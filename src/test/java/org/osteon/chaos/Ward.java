package org.osteon.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.chaos.Evidence.Letter;
import org.osteon.chaos.Evidence.Published;
import org.osteon.chaos.Evidence.Result;
import org.osteon.config.ImageKeys;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.RecordSizes;
import org.osteon.event.StudyAssessment;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.fetch.Reference;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * Publishes events and gathers what came of them.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Ward implements AutoCloseable {
  private static final int PICTURES = 12;
  private static final int STUDIES = 61;
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final List<byte[]> pictures = new ArrayList<>();
  private final List<Published> published = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Map<String, String> digests = new HashMap<>();
  private final List<Future<RecordMetadata>> sends = new ArrayList<>();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Settings settings;
  private final Settings reader;
  private final EventSerdes serdes;
  private final Serializer<XRayEvent> events;

  Ward(Settings settings) {
    this(settings, settings);
  }

  /**
   * @param settings of who publishes
   * @param reader of who gathers what came of it
   */
  Ward(Settings settings, Settings reader) {
    this.settings = settings;
    this.reader = reader;
    this.serdes = new EventSerdes(Registry.connect(settings), settings);
    this.events = serdes.events().serializer();
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(SyntheticRadiographs.draw(i, Kind.values()[i % 3]).jpeg());
    }
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("acks", "all");
    int largest = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    config.put("max.request.size", largest);
    config.put("buffer.memory", Math.max(32 << 20, 2L * largest));
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  int size() {
    return published.size();
  }

  /** Publishes good events. */
  void publish(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      publish(pictures.get(published.size() % PICTURES), "");
    }
    awaitSends();
  }

  /** Publishes everything a second time, byte for byte, as an engine does that is set back. */
  void publishAgain() throws Exception {
    for (ProducerRecord<byte[], byte[]> record : List.copyOf(records)) {
      sends.add(producer.send(record));
    }
    awaitSends();
  }

  /** Looks up the id of the events' schema, so that publishing needs the registry no more. */
  void warm() {
    frame(inline(pictures.get(0)), "warm", "2.25.0");
  }

  /** Publishes an image and says which dead letter it must become, if any. */
  void publish(byte[] image, String poison) {
    publish(inline(image), poison);
  }

  /** The same for an image that is to be fetched. */
  void publish(Reference image, String poison) {
    publish(new ImageReference(image.uri(), image.length(), image.sha256()), poison);
  }

  private static InlineImage inline(byte[] image) {
    return new InlineImage(ByteBuffer.wrap(image));
  }

  private void publish(Object image, String poison) {
    int n = published.size();
    String study = "2.25." + n % STUDIES;
    send(study, frame(image, "e" + n, study), "e" + n, poison);
  }

  private byte[] frame(Object image, String id, String study) {
    int n = published.size();
    XRayEvent event =
        XRayEvent.newBuilder()
            .setEventId(id)
            .setStudyInstanceUid(study)
            .setFacility("ward")
            .setPriority(n % 40 == 39 ? Priority.STAT : Priority.ROUTINE)
            .setPublishedAt(Instant.now())
            .setContentType("image/jpeg")
            .setImage(image)
            .build();
    return events.serialize(settings.get(TopicKeys.EVENTS), event);
  }

  /** Publishes bytes that may be no event at all; its dead letter is known by its digest. */
  void publishRaw(byte[] value, String poison) {
    String study = "2.25." + published.size() % STUDIES;
    send(study, value, Sha256.of(value), poison);
  }

  void awaitSends() throws Exception {
    for (Future<RecordMetadata> send : sends) {
      send.get();
    }
    sends.clear();
  }

  /**
   * Reads both topics from their beginning until each event has come or nothing comes any more.
   *
   * @param atLeast read on until the events are answered or patience ends; false reads what is
   *     there
   */
  Evidence evidence(boolean atLeast) {
    return evidence(atLeast, PATIENCE);
  }

  /**
   * @param patience how long nothing may come before it counts as not coming
   */
  Evidence evidence(boolean atLeast, Duration patience) {
    List<Result> results = new ArrayList<>();
    List<Letter> letters = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    Map<String, StudyAssessment> studies = new HashMap<>();
    Set<String> answered = new HashSet<>();
    Map<TopicPartition, Long> read = new HashMap<>();
    Map<String, Object> config = new TreeMap<>(reader.kafkaClient());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    Map<String, Object> uncommitted = new TreeMap<>(config);
    uncommitted.put("isolation.level", "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaConsumer<byte[], byte[]> ahead =
            new KafkaConsumer<>(
                uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic :
          List.of(
              settings.get(TopicKeys.RESULTS),
              settings.get(TopicKeys.DEAD_LETTERS),
              settings.get(TopicKeys.ALERTS),
              settings.get(TopicKeys.STUDIES))) {
        consumer
            .partitionsFor(topic)
            .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long progress = System.nanoTime();
      while (System.nanoTime() - progress < patience.toNanos()) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(200));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          // A broker that comes back may set a reader to the beginning: what it then reads again
          // is not there twice.
          TopicPartition from = new TopicPartition(record.topic(), record.partition());
          if (record.offset() <= read.getOrDefault(from, -1L)) {
            continue;
          }
          read.put(from, record.offset());
          if (record.topic().equals(settings.get(TopicKeys.ALERTS))) {
            alerts.add(serdes.alerts().deserializer().deserialize(record.topic(), record.value()));
          } else if (record.topic().equals(settings.get(TopicKeys.STUDIES))) {
            studies.put(
                new String(record.key(), StandardCharsets.UTF_8),
                serdes.studies().deserializer().deserialize(record.topic(), record.value()));
          } else {
            take(record, results, letters, answered);
          }
        }
        progress = polled.isEmpty() ? progress : System.nanoTime();
        boolean all = answered.size() >= published.size();
        boolean atEnd =
            consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        int counted = studies.values().stream().mapToInt(StudyAssessment::getImages).sum();
        long classified = results.stream().map(Result::eventId).distinct().count();
        boolean complete = all && counted >= classified && isDecided(ahead, consumer);
        if (atEnd && polled.isEmpty() && (complete || !atLeast)) {
          break;
        }
      }
    }
    results.sort(Comparator.comparingInt(Result::partition).thenComparingLong(Result::offset));
    return new Evidence(List.copyOf(published), results, letters, alerts, studies);
  }

  /**
   * Whether no transaction is open on what is read: its parts become visible one partition after
   * another, and alerts may come last.
   */
  private static boolean isDecided(Consumer<?, ?> ahead, Consumer<?, ?> reader) {
    Set<TopicPartition> partitions = reader.assignment();
    return ahead.endOffsets(partitions).equals(reader.endOffsets(partitions));
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private void send(String study, byte[] value, String id, String poison) {
    byte[] key = study.getBytes(StandardCharsets.UTF_8);
    published.add(new Published(id, study, poison));
    if (!poison.isEmpty()) {
      digests.put(id, Sha256.of(value));
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(settings.get(TopicKeys.EVENTS), key, value);
    records.add(record);
    sends.add(producer.send(record));
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      List<Result> results,
      List<Letter> letters,
      Set<String> answered) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.topic().equals(settings.get(TopicKeys.RESULTS))) {
      ClassificationResult result =
          serdes.results().deserializer().deserialize(record.topic(), record.value());
      results.add(new Result(result, key, record.partition(), record.offset()));
      answered.add(result.getEventId());
      return;
    }
    DeadLetter letter =
        serdes.deadLetters().deserializer().deserialize(record.topic(), record.value());
    ByteBuffer value = letter.getOriginalValue();
    byte[] original = value == null ? new byte[0] : new byte[value.remaining()];
    if (value != null) {
      value.duplicate().get(original);
    }
    ByteBuffer letterKey = letter.getOriginalKey();
    String id = letter.getEventId() == null ? Sha256.of(original) : letter.getEventId();
    boolean kept =
        Sha256.of(original).equals(digests.get(id))
            && letterKey != null
            && Arrays.equals(record.key(), bytes(letterKey));
    letters.add(new Letter(id, letter.getReason(), kept));
    answered.add(id);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
