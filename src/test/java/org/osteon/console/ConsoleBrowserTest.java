package org.osteon.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.DeploymentMode;
import org.osteon.event.DicomUid;
import org.osteon.event.Finding;
import org.osteon.event.InlineImage;
import org.osteon.event.Label;
import org.osteon.event.ModelDeployment;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Severity;
import org.osteon.event.Stage;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.model.engine.DjlModel;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.BrowserVisitor;
import org.osteon.testing.Platform;
import org.osteon.testing.Trees;
import org.osteon.testing.Verdicts;

/**
 * The console in Chromium: what axe finds, whether it fits 400 px, pictures and what lies over
 * them, and working off with the keyboard. {@code make pictures} keeps what it saw for the docs.
 */
@Tag("integration")
@Timeout(600)
class ConsoleBrowserTest {
  private static final String TOKEN = "0123456789abcdef-console";
  private static final int IMAGES = 12;

  @TempDir private Path folder;

  @Test
  void aPersonSeesLooksAndWorksOff() throws Exception {
    BrowserVisitor.require();
    Settings settings = settings();
    try (DjlModel model = DjlModel.load(ModelVersion.read(ShippedModel.folder()), "cpu", "f32")) {
      fill(settings, model);
      try (ConsolePictures pictures = new ConsolePictures(settings, model);
          Console console = Console.start(settings, pictures)) {
        JsonNode seen = visit("http://127.0.0.1:%d/".formatted(console.port()));
        assertThat(seen.at("/violations")).as("what axe finds").isEmpty();
        assertThat(seen.at("/overflows")).as("wider than the screen").isEmpty();
        assertThat(texts(seen.at("/refused")))
            .as("what the browser refused or missed, beside the wrong token")
            .hasSize(1)
            .allMatch(each -> each.contains("401"));
        assertThat(seen.at("/pictures")).hasSize(3);
        seen.at("/pictures")
            .forEach(
                each ->
                    assertThat(each.at("/drawn").toString())
                        .as("picture and map of " + each.at("/what").asText())
                        .isEqualTo("[768,768]"));
        assertThat(seen.at("/figures")).as("of the card, three times").hasSizeGreaterThan(3);
        seen.at("/figures").forEach(each -> assertThat(each.asInt()).isGreaterThan(100));
        assertThat(seen.at("/hidden").asBoolean()).as("the map can be taken away").isTrue();
        assertThat(seen.at("/narrowed").asBoolean()).as("lists are narrowed").isTrue();
        assertThat(seen.at("/said/nothing").asText()).isEmpty();
        assertThat(seen.at("/said/wrongToken").asText()).contains("not the token");
        assertThat(seen.at("/said/acknowledge").asText()).isEqualTo("Acknowledged.");
        assertThat(seen.at("/said/agree").asText()).startsWith("Said: ");
        assertThat(seen.at("/said/redrive").asText()).startsWith("1 dead letters published again");
        assertThat(seen.at("/said/shadow").asText())
            .isEqualTo("osteon-s/1 is to run as the shadow.");
      }
    }
  }

  private JsonNode visit(String url) throws Exception {
    String kept = System.getProperty("osteon.pictures");
    Path pictures = kept == null ? folder.resolve("pictures") : Path.of(kept).toAbsolutePath();
    return BrowserVisitor.see("visit.js", url, TOKEN, pictures.toString());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private Settings settings() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Trees.copy(
        ShippedModel.folder().resolveSibling("1"), folder.resolve("models").resolve("osteon-s/1"));
    Settings settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of(
                "console.listen",
                "127.0.0.1:0",
                "console.token.file",
                token.toString(),
                "console.models",
                folder.resolve("models").toString(),
                "console.deliverers",
                "http://localhost:1",
                "console.pictures",
                "true"));
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
    return settings;
  }

  /** A morning's images: every fourth raises an alert, every third is for a person to decide. */
  private static void fill(Settings settings, DjlModel model) throws Exception {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    ModelRef by =
        new ModelRef(
            model.version().manifest().name(),
            model.version().manifest().version(),
            model.version().sha256());
    for (int n = 0; n < IMAGES; n++) {
      Kind kind = n % 4 == 0 ? Kind.BEYOND_REPAIR : Kind.HEALTHY;
      SyntheticRadiographs.Radiograph drawn = SyntheticRadiographs.draw(100 + n, kind);
      XRayEvent event =
          XRayEvent.newBuilder()
              .setEventId("seen-" + n)
              .setStudyInstanceUid(DicomUid.of("seen-" + n))
              .setBodyPart(drawn.bodyPart())
              .setFacility("north")
              .setPublishedAt(Instant.now())
              .setContentType("image/jpeg")
              .setImage(new InlineImage(ByteBuffer.wrap(drawn.jpeg())))
              .build();
      ConsoleTopics.put(settings, settings.get(TopicKeys.EVENTS), serdes.events(), event);
      ClassificationResult result =
          Verdicts.of(
              "seen-" + n,
              DicomUid.of("seen-" + n),
              n % 4 == 0 ? 0.9 : 0.2,
              n % 4 == 0 ? 0.97 : 0.3,
              "1",
              n % 3 == 0 ? Decision.REFER : Decision.REPORT);
      result.setModel(by);
      result.setLabel(n % 4 == 0 ? Label.BEYOND_REPAIR : Label.HEALTHY);
      result.setFinding(n % 4 == 0 ? Finding.CRITICAL : n % 3 == 0 ? Finding.DOUBT : Finding.NONE);
      result.setDecision(n % 3 == 0 ? Decision.REFER : Decision.REPORT);
      result.setReferReason(n % 3 == 0 ? "DOUBT" : null);
      result.setAbnormalProbability(n % 4 == 0 ? 0.97 : n % 3 == 0 ? 0.31 : 0.06);
      result.setProcessedAt(Instant.now());
      result.setBodyPart(drawn.bodyPart());
      result.setFacility("north");
      ConsoleTopics.put(settings, settings.get(TopicKeys.RESULTS), serdes.results(), result);
      if (n % 4 == 0) {
        ConsoleTopics.put(
            settings,
            settings.get(TopicKeys.ALERTS),
            serdes.alerts(),
            alert(n, by, Objects.requireNonNull(drawn.bodyPart())));
      }
    }
    ConsoleTopics.put(
        settings,
        settings.get(TopicKeys.DEAD_LETTERS),
        serdes.deadLetters(),
        ConsoleTopics.letter(settings, Stage.DECODE, "NOT_AN_IMAGE"));
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      String topic = settings.get(TopicKeys.MODELS);
      byte[] value = serdes.models().serializer().serialize(topic, deployment(by));
      producer.send(new ProducerRecord<>(topic, "active".getBytes("UTF-8"), value)).get();
    }
  }

  private static Alert alert(int n, ModelRef by, String bodyPart) {
    return Alert.newBuilder()
        .setAlertId("alert-" + n)
        .setSeverity(Severity.CRITICAL)
        .setLabel(Label.BEYOND_REPAIR)
        .setProbability(0.97)
        .setEventId("seen-" + n)
        .setStudyInstanceUid(DicomUid.of("seen-" + n))
        .setFacility("north")
        .setPriority(Priority.STAT)
        .setMessage(
            bodyPart
                + ": complex fracture or non-union, urgent orthopaedic review, probability 0.97; preliminary, for research use only.")
        .setModel(by)
        .setRaisedAt(Instant.now())
        .build();
  }

  private static ModelDeployment deployment(ModelRef by) {
    return ModelDeployment.newBuilder()
        .setName(by.getName())
        .setVersion(by.getVersion())
        .setSha256(by.getSha256())
        .setUri("file:///models")
        .setMode(DeploymentMode.ACTIVE)
        .setDeployedAt(Instant.now())
        .setDeployedBy("release-pipeline")
        .build();
  }
}
