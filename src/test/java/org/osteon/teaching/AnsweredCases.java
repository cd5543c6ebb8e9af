package org.osteon.teaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ImageReference;
import org.osteon.event.ImageSummary;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.Verdicts;

/** Ninety images that were answered, and the truths of their studies, in topics. */
@SuppressWarnings("NullAway.Init")
abstract class AnsweredCases {
  private static final int IMAGES = 90;
  static final String NAME = "OTTO^ANNA";

  @TempDir Path folder;
  Settings settings;
  private Path store;
  final Map<String, Radiograph> drawn = new TreeMap<>();

  @BeforeEach
  void open() throws Exception {
    store = Files.createDirectories(folder.resolve("store"));
    settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of("fetch.file.roots", store.toString()));
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
    publish();
  }

  /** Every third by reference; one whose file is not what was answered any more. */
  private void publish() throws Exception {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String topic = settings.get(TopicKeys.RESULTS);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<String> sheet = new ArrayList<>(List.of("study,label,role,said_at"));
    try (EventPublisher events = new EventPublisher(settings);
        Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      for (int i = 0; i < IMAGES; i++) {
        String id = "e" + i;
        // Of six two are missed, one misread, one doubted, two right.
        Kind kind = List.of(1, 2, 0, 0, 1, 0).get(i % 6) == 0 ? Kind.HEALTHY : sick(i);
        double abnormal = List.of(0.1, 0.2, 0.9, 0.5, 0.9, 0.05).get(i % 6);
        Radiograph image = SyntheticRadiographs.draw(i, kind);
        byte[] file = withComment(image.jpeg());
        drawn.put(id, new Radiograph(file, image.bodyPart(), kind));
        String study = "2.25." + (1000 + i);
        var unused = events.publish(event(id, study, i, file));
        ClassificationResult result =
            ClassificationResult.newBuilder(
                    Verdicts.result(
                        id,
                        study,
                        kind == Kind.BEYOND_REPAIR ? 0 : abnormal,
                        severe(kind, abnormal)))
                .setPatientPseudonym("patient " + i / 2)
                .setBodyPart(image.bodyPart())
                .setImage(image(image, i == 4 ? new byte[] {1} : file))
                .setProcessedAt(now.minusSeconds(60))
                .build();
        producer
            .send(
                new ProducerRecord<>(
                    topic,
                    study.getBytes(StandardCharsets.UTF_8),
                    serdes.results().serializer().serialize(topic, result)))
            .get();
        sheet.add("%s,%s,REPORT,%s".formatted(study, kind, now));
      }
      events.awaitAll();
    }
    CommandRun imported =
        CommandRun.of(
            settings,
            "truth",
            "import",
            Files.write(folder.resolve("truths.csv"), sheet).toString());
    assertThat(imported.status()).as(imported.err()).isZero();
  }

  private static Kind sick(int i) {
    return i % 6 == 4 || i % 12 == 0 ? Kind.FRACTURED : Kind.BEYOND_REPAIR;
  }

  private static double severe(Kind kind, double abnormal) {
    return kind == Kind.BEYOND_REPAIR ? abnormal : 0;
  }

  private static ImageSummary image(Radiograph radiograph, byte[] file) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(radiograph.jpeg()));
    return new ImageSummary(
        Sha256.of(file), "image/jpeg", image.getWidth(), image.getHeight(), null, null);
  }

  private XRayEvent event(String id, String study, int i, byte[] file) throws Exception {
    Object image = new InlineImage(ByteBuffer.wrap(file));
    if (i % 3 == 0) {
      Path there = Files.write(store.resolve(id + ".jpg"), file);
      image = new ImageReference(there.toUri().toString(), (long) file.length, Sha256.of(file));
    }
    return XRayEvent.newBuilder()
        .setEventId(id)
        .setStudyInstanceUid(study)
        .setFacility("ward-7")
        .setPublishedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .setContentType("image/jpeg")
        .setImage(image)
        .build();
  }

  /** A careless publisher's: a name in a comment of the file (marker COM). */
  private static byte[] withComment(byte[] jpeg) {
    byte[] text = NAME.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + text.length);
    out.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) 0xFE).putShort((short) (2 + text.length));
    return out.put(text).put(jpeg, 2, jpeg.length - 2).array();
  }
}
