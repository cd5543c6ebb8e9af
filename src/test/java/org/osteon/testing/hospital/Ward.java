package org.osteon.testing.hospital;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.ImageReference;
import org.osteon.event.ImagingOrder;
import org.osteon.event.InlineImage;
import org.osteon.event.OrderStatus;
import org.osteon.event.Priority;
import org.osteon.event.RecordSizes;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.fetch.Reference;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.LongWaits;
import org.osteon.testing.hospital.Evidence.Published;

/**
 * Publishes events and gathers what came of them.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Ward implements AutoCloseable {
  private static final int PICTURES = 12;
  public static final int STUDIES = 61;
  private static final Duration SEND_PATIENCE = Duration.ofMinutes(10);

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
  private @Nullable String bodyPart;

  public Ward(Settings settings) {
    this(settings, settings);
  }

  /**
   * @param settings of who publishes
   * @param reader of who gathers what came of it
   */
  public Ward(Settings settings, Settings reader) {
    this.settings = settings;
    this.reader = reader;
    this.serdes = new EventSerdes(Registry.connect(settings), settings);
    this.events = serdes.events().serializer();
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(SyntheticRadiographs.draw(i, Kind.values()[i % 3]).jpeg());
    }
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("acks", "all");
    // As an engine that keeps what it has: what it sent is not given up while brokers elect a
    // leader.
    config.put("delivery.timeout.ms", Math.toIntExact(SEND_PATIENCE.toMillis()));
    int largest = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    config.put("max.request.size", largest);
    config.put("buffer.memory", Math.max(32 << 20, 2L * largest));
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public int size() {
    return published.size();
  }

  /** Publishes good events. */
  public void publish(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      publish(pictures.get(published.size() % PICTURES), "");
    }
    awaitSends();
  }

  /** Publishes everything a second time, byte for byte, as an engine does that is set back. */
  public void publishAgain() throws Exception {
    for (ProducerRecord<byte[], byte[]> record : List.copyOf(records)) {
      sends.add(producer.send(record));
    }
    awaitSends();
  }

  /** Under which every image of a study is ordered. */
  public static String accession(String study) {
    return "A-" + study;
  }

  /**
   * Orders studies, by accession number or, every other one, by study: a copy on each partition, as
   * the listener writes them. Returns when the brokers have them.
   *
   * @param studies numbers of them, 0 to {@link #STUDIES}
   */
  public void order(List<Integer> studies) throws Exception {
    String topic = settings.get(TopicKeys.ORDERS);
    int partitions = producer.partitionsFor(topic).size();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int n : studies) {
      String study = "2.25." + n;
      boolean byStudy = n % 2 == 0;
      ImagingOrder order =
          ImagingOrder.newBuilder()
              .setOrderId("order-" + n)
              .setStudyInstanceUid(byStudy ? study : null)
              .setAccessionNumber(byStudy ? null : accession(study))
              .setOrderNumber("P-" + n)
              .setReasonCode("I10|S" + n)
              .setPriority(n % 5 == 0 ? Priority.STAT : Priority.ROUTINE)
              .setStatus(OrderStatus.ACTIVE)
              .setSaidAt(now)
              .setPublishedAt(now)
              .build();
      byte[] key = study.getBytes(StandardCharsets.UTF_8);
      byte[] value = serdes.orders().serializer().serialize(topic, order);
      for (int partition = 0; partition < partitions; partition++) {
        sends.add(producer.send(new ProducerRecord<>(topic, partition, key, value)));
      }
    }
    awaitSends();
  }

  /** Looks up the id of the events' schema, so that publishing needs the registry no more. */
  public void warm() {
    frame(inline(pictures.get(0)), "warm", "2.25.0");
  }

  /** From now on events are of this body part; null for none. */
  public void examines(@Nullable String part) {
    bodyPart = part;
  }

  /** Publishes an image and says which dead letter it must become, if any. */
  public void publish(byte[] image, String poison) {
    publish(inline(image), poison);
  }

  /** The same for an image that is to be fetched. */
  public void publish(Reference image, String poison) {
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
            .setBodyPart(bodyPart)
            .setAccessionNumber(accession(study))
            .setPriority(n % 40 == 39 ? Priority.STAT : Priority.ROUTINE)
            .setPublishedAt(Instant.now())
            .setContentType("image/jpeg")
            .setImage(image)
            .build();
    return events.serialize(settings.get(TopicKeys.EVENTS), event);
  }

  /** Publishes bytes that may be no event at all; its dead letter is known by its digest. */
  public void publishRaw(byte[] value, String poison) {
    String study = "2.25." + published.size() % STUDIES;
    send(study, value, Sha256.of(value), poison);
  }

  /**
   * Waits until the brokers have all of it.
   *
   * @return where the last one lies, or null where nothing was on its way
   */
  public @Nullable RecordMetadata awaitSends() throws Exception {
    RecordMetadata last = null;
    for (Future<RecordMetadata> send : sends) {
      last = send.get();
    }
    sends.clear();
    return last;
  }

  /**
   * Reads both topics from their beginning until each event has come or nothing comes any more.
   *
   * @param atLeast read on until the events are answered or patience ends; false reads what is
   *     there
   */
  public Evidence evidence(boolean atLeast) {
    return evidence(atLeast, LongWaits.LONG);
  }

  /**
   * @param patience how long nothing may come before it counts as not coming
   */
  public Evidence evidence(boolean atLeast, Duration patience) {
    return new EvidenceReader(settings, reader, serdes, digests)
        .read(List.copyOf(published), atLeast, patience);
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
}
