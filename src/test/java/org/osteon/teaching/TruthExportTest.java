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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.dataset.Csv;
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
import org.osteon.testing.Program;
import org.osteon.testing.Verdicts;

/** From topics to arrays that training reads, by the commands that the documentation gives. */
@Tag("integration")
@Timeout(600)
@SuppressWarnings("NullAway.Init")
class TruthExportTest {
  private static final int IMAGES = 90;
  private static final String NAME = "OTTO^ANNA";
  private static final Path ROOT = Path.of(System.getProperty("osteon.root", ".."));

  @TempDir private Path folder;
  private Settings settings;
  private Path store;
  private final Map<String, Radiograph> drawn = new TreeMap<>();

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

  @Test
  void whatIsExportedIsWhatTrainingReads() throws Exception {
    Path export = folder.resolve("export");
    CommandRun run = CommandRun.of(settings, "truth", "export", export.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("With a truth: 30 missed, 15 misread, 15 doubted, 30 right.");
    assertThat(run.err()).contains("1 chosen images are gone or out of reach");
    List<Map<String, String>> manifest = Csv.read(export.resolve("manifest.csv"));
    assertThat(manifest).hasSizeGreaterThan(60);
    for (Map<String, String> row : manifest) {
      pictureIsTheOneThatWasAnswered(export, row);
    }
    assertThat(manifest.get(0)).doesNotContainKeys("study", "event");
    assertThat(everyByte(export)).doesNotContain(NAME, "patient 1", "2.25.");
    arraysInPython(export, manifest);
    CommandRun again = CommandRun.of(settings, "truth", "export", export.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("is not empty");
  }

  @Test
  void whereASiteAllowsItStudiesAndEventsAreNamed() throws Exception {
    Path export = folder.resolve("named");
    CommandRun run =
        CommandRun.of(
            settings, "truth", "export", export.toString(), "--identities", "--images=10");
    assertThat(run.status()).as(run.err()).isZero();
    List<Map<String, String>> manifest = Csv.read(export.resolve("manifest.csv"));
    assertThat(manifest.stream().filter(row -> "train".equals(row.get("split"))).count())
        .isBetween(9L, 10L);
    assertThat(manifest).allSatisfy(row -> assertThat(row.get("study")).startsWith("2.25."));
    CommandRun none =
        CommandRun.of(
            settings, "truth", "export", folder.resolve("x").toString(), "--version-of=m/7");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("There is nothing to learn from");
    CommandRun wrong =
        CommandRun.of(settings, "truth", "export", folder.resolve("y").toString(), "--images=1");
    assertThat(wrong.status()).isEqualTo(2);
  }

  private void pictureIsTheOneThatWasAnswered(Path export, Map<String, String> row)
      throws Exception {
    BufferedImage written = ImageIO.read(export.resolve(column(row, "file")).toFile());
    Map.Entry<String, Radiograph> of =
        drawn.entrySet().stream()
            .filter(
                each -> column(row, "file").contains(Choice.digest(each.getKey()).substring(0, 16)))
            .findFirst()
            .orElseThrow();
    assertThat(column(row, "label")).isEqualToIgnoringCase(of.getValue().kind().name());
    assertThat(column(row, "body_part")).isEqualToIgnoringCase(of.getValue().bodyPart());
    BufferedImage drawnImage = ImageIO.read(new ByteArrayInputStream(of.getValue().jpeg()));
    assertThat(written.getWidth()).isEqualTo(drawnImage.getWidth());
    int far = 0;
    for (int y = 0; y < written.getHeight(); y += 7) {
      for (int x = 0; x < written.getWidth(); x += 7) {
        far =
            Math.max(
                far,
                Math.abs(
                    written.getRaster().getSample(x, y, 0)
                        - drawnImage.getRaster().getSample(x, y, 0)));
      }
    }
    // Two decoders of JPEG may differ in the last bit or two.
    assertThat(far).isLessThanOrEqualTo(3);
  }

  private void arraysInPython(Path export, List<Map<String, String>> manifest) throws Exception {
    Path arrays = folder.resolve("arrays");
    CommandRun prepared =
        CommandRun.of(
            "dataset",
            "prepare",
            export.toString(),
            arrays.toString(),
            "--size=64",
            "--synthetic=5",
            "--allow-near-duplicates");
    assertThat(prepared.status()).as(prepared.err()).isZero();
    Program.Ended python =
        Program.run(
            ROOT.resolve("training"),
            List.of(
                "/usr/bin/python3",
                "-c",
                "import sys, pathlib; from osteon_training.arrays import load;"
                    + " d = load(pathlib.Path(sys.argv[1]));"
                    + " print(*[f'{f} {l} {g}' for p in (d.train, d.val, d.test)"
                    + " for f, l, g in zip(p.real().file, p.real().labels, p.real().group)], sep='\\n')",
                arrays.toString()));
    assertThat(python.status()).as(python.said()).isZero();
    List<String> labels = List.of("healthy", "fractured", "beyond_repair");
    assertThat(python.said().lines().toList())
        .containsExactlyInAnyOrderElementsOf(
            manifest.stream()
                .map(
                    row ->
                        "%s %d %s"
                            .formatted(
                                row.get("file"),
                                labels.indexOf(row.get("label")),
                                row.get("group")))
                .toList());
  }

  private String everyByte(Path export) throws Exception {
    try (Stream<Path> files = Files.walk(export)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return all.toString();
    }
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

  private static String column(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }
}
