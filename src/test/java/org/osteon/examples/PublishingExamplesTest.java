package org.osteon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.EventReading;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.topics.TopicSetup;
import org.osteon.gateway.Gateway;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.JavaScriptClient;
import org.osteon.testing.Platform;
import org.osteon.testing.Program;

/** The programs of {@code docs/publishing.md}: what each publishes is what the service reads. */
@Tag("integration")
@Timeout(600)
class PublishingExamplesTest {
  private static final Path EXAMPLES = Dcmtk.root().resolve("examples");
  private static final String PYTHON = "/usr/bin/python3";
  private static final String STUDY = "2.25.77";
  private static final String TOKEN = "a-token-of-twenty-letters";

  @TempDir Path folder;
  private Settings settings;
  private Path image;

  @BeforeEach
  void topics() throws Exception {
    Map<String, String> further =
        Map.of(
            "gateway.dicom.port",
            "0",
            "gateway.http.port",
            "0",
            "gateway.key.file",
            file("key", "k".repeat(64)),
            "gateway.http.token.file",
            file("token", TOKEN));
    settings =
        Platform.settings(Platform.broker().bootstrapServers(), Platform.registry().url(), further);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
    byte[] jpeg = SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg();
    image = Files.write(folder.resolve("hand.jpg"), jpeg);
  }

  @Test
  void node() throws Exception {
    assumeTrue(JavaScriptClient.find(settings).isPresent(), "skipped: no node, no npm or kafkajs");
    publishes(List.of("node", EXAMPLES.resolve("node/publish.js").toString()), "");
  }

  @Test
  void python() throws Exception {
    boolean there =
        Files.isExecutable(Path.of(PYTHON))
            && run(List.of(PYTHON, "-c", "import avro.io, confluent_kafka")).status() == 0;
    assumeTrue(there, "skipped: apt-get install python3-confluent-kafka python3-avro");
    publishes(List.of(PYTHON, EXAMPLES.resolve("python/publish.py").toString()), "");
  }

  @Test
  void java() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EXAMPLES.resolve("java/Publish.java").toString());
    publishes(command, "--image");
  }

  @Test
  void curl() throws Exception {
    assumeTrue(Program.exists("curl") && Program.exists("bash"), "skipped: no curl, no bash");
    try (EventPublisher publisher = new EventPublisher(settings);
        Gateway gateway = Gateway.start(settings, publisher::publish)) {
      String url = "http://127.0.0.1:" + gateway.httpPort().orElseThrow();
      List<String> command = new ArrayList<>(List.of("bash"));
      command.add(EXAMPLES.resolve("curl/publish.sh").toString());
      command.addAll(List.of(url, folder.resolve("token").toString(), image.toString()));
      command.add("study=" + STUDY + "&bodyPart=HAND&priority=STAT");
      Program.Ended ended = run(command);
      assertThat(ended.status()).as(ended.said()).isZero();
      XRayEvent event = onlyEvent();
      assertThat(ended.said()).contains(event.getEventId(), event.getStudyInstanceUid());
      assertThat(event.getBodyPart()).isEqualTo("HAND");
      assertThat(event.getPriority()).isEqualTo(Priority.STAT);
      assertThat(event.getContentType()).isEqualTo("image/jpeg");
      // What is refused must not look like success.
      command.set(command.size() - 1, "patient=Anna");
      assertThat(run(command).status()).isNotZero();
    }
  }

  @Test
  void storescu() throws Exception {
    Dcmtk.require("storescu");
    Map<Integer, String> header = Map.of(0x00180015, "HAND", 0x00401003, "STAT");
    byte[] dicom = DicomFiles.drawn(3, Kind.FRACTURED, 300, 200, header);
    Path sent = Files.write(folder.resolve("hand.dcm"), dicom);
    try (EventPublisher publisher = new EventPublisher(settings);
        Gateway gateway = Gateway.start(settings, publisher::publish)) {
      Dcmtk.Ended ended = Dcmtk.store(gateway.dicomPort(), "OSTEON", sent);
      assertThat(ended.status()).as(ended.said()).isZero();
    }
    XRayEvent event = onlyEvent();
    assertThat(event.getBodyPart()).isEqualTo("HAND");
    assertThat(event.getPriority()).isEqualTo(Priority.STAT);
    assertThat(event.getContentType()).isEqualTo("application/dicom");
  }

  /**
   * Twice, because a publisher that heard nothing sends again; of an image that is larger than
   * producers take by default.
   */
  private void publishes(List<String> program, String beforeImage) throws Exception {
    Files.write(image, new byte[1_500_000], StandardOpenOption.APPEND);
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("--brokers", settings.get(KafkaKeys.BOOTSTRAP_SERVERS)));
    command.addAll(List.of("--registry", settings.get(KafkaKeys.SCHEMA_REGISTRY_URL)));
    command.addAll(List.of("--topic", settings.get(TopicKeys.EVENTS)));
    command.addAll(List.of("--study", STUDY, "--facility", "ward-7"));
    command.addAll(List.of("--accession", "ACC-1", "--body-part", "HAND", "--priority", "STAT"));
    if (!beforeImage.isEmpty()) {
      command.add(beforeImage);
    }
    command.add(image.toString());
    for (int i = 0; i < 2; i++) {
      Program.Ended ended = run(command);
      assertThat(ended.status()).as(ended.said()).isZero();
      assertThat(ended.said()).contains(expectedId());
    }
    List<XRayEvent> events = events(2);
    assertThat(events).hasSize(2);
    for (XRayEvent event : events) {
      assertThat(event.getEventId()).isEqualTo(expectedId());
      assertThat(event.getStudyInstanceUid()).isEqualTo(STUDY);
      assertThat(event.getAccessionNumber()).isEqualTo("ACC-1");
      assertThat(event.getBodyPart()).isEqualTo("HAND");
      assertThat(event.getFacility()).isEqualTo("ward-7");
      assertThat(event.getPriority()).isEqualTo(Priority.STAT);
      assertThat(event.getPublishedAt().toEpochMilli()).isPositive();
      assertThat(event.getContentType()).isEqualTo("image/jpeg");
      assertThat(((InlineImage) event.getImage()).getData())
          .isEqualTo(ByteBuffer.wrap(Files.readAllBytes(image)));
      assertThat(event.getModality()).as("the schema's default").isEqualTo("DX");
      assertThat(event.getAttributes()).as("the schema's default").isEmpty();
      assertThat(event.getLaterality()).isNull();
    }
  }

  private String expectedId() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes((STUDY + "\n").getBytes(StandardCharsets.UTF_8));
    both.writeBytes(Files.readAllBytes(image));
    return Sha256.of(both.toByteArray());
  }

  private XRayEvent onlyEvent() {
    List<XRayEvent> events = events(1);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  /** As the service reads them, with the key that each must have. */
  private List<XRayEvent> events(int count) {
    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    List<XRayEvent> events = new ArrayList<>();
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.EVENTS), true)) {
      follower.follow(
          each -> {
            EventReading reading = reader.read(each.value());
            assertThat(reading).isInstanceOf(EventReading.Read.class);
            XRayEvent event = ((EventReading.Read) reading).event();
            assertThat(new String(each.key(), StandardCharsets.UTF_8))
                .isEqualTo(event.getStudyInstanceUid());
            events.add(event);
            return events.size() < count;
          });
    }
    return events;
  }

  private Program.Ended run(List<String> command) throws Exception {
    return Program.run(folder, command);
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
