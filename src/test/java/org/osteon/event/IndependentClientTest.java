package org.osteon.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.JavaScriptClient;
import org.osteon.testing.Platform;

/** What somebody else's client publishes is read exactly, and it reads what we publish. */
@Tag("integration")
@Timeout(600)
class IndependentClientTest {
  private static final int EVENTS = 7;

  @TempDir Path folder;

  @Test
  void whatKafkajsPublishesIsReadExactly() throws Exception {
    Settings settings = Platform.settings();
    Optional<JavaScriptClient> found = JavaScriptClient.find(settings);
    assumeTrue(
        found.isPresent(), "skipped: there is no node, no npm, or npm could not fetch kafkajs");
    JavaScriptClient client = found.orElseThrow();
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Path jpeg = Files.write(folder.resolve("a.jpg"), noise);
    Path png = Files.write(folder.resolve("b.png"), new byte[] {1, 2, 3});

    JsonNode sent = client.publish(EVENTS, List.of(jpeg, png)).get("events");
    assertThat(sent).hasSize(EVENTS);
    Map<String, XRayEvent> read = read(settings);
    for (JsonNode each : sent) {
      XRayEvent event = Objects.requireNonNull(read.get(each.get("eventId").asText()));
      assertThat(event.getStudyInstanceUid()).isEqualTo(each.get("studyInstanceUid").asText());
      assertThat(event.getPriority().toString()).isEqualTo(each.get("priority").asText());
      assertThat(event.getBodyPart()).isEqualTo(each.get("bodyPart").textValue());
      assertThat(event.getPatientAgeYears()).isEqualTo(each.get("patientAgeYears").asInt());
      assertThat(event.getFacility()).isEqualTo("klinik-süd");
      assertThat(event.getPublishedAt().toEpochMilli()).isEqualTo(each.get("publishedAt").asLong());
      assertThat(event.getContentType()).isEqualTo(each.get("contentType").asText());
      assertThat(event.getAttributes()).isEqualTo(Map.of("engine", "kafkajs"));
      assertThat(event.getAccessionNumber()).isNull();
      assertThat(digest(((InlineImage) event.getImage()).getData()))
          .isEqualTo(each.get("sha256").asText());
    }

    JsonNode back = client.read(settings.get(TopicKeys.EVENTS), EVENTS).get("records");
    assertThat(back).hasSize(EVENTS);
    assertThat(back.get(0).get("headers").get("trace").asText()).startsWith("t-");
  }

  private static Map<String, XRayEvent> read(Settings settings) {
    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    Map<String, XRayEvent> read = new HashMap<>();
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.EVENTS), true)) {
      follower.follow(
          each -> {
            EventReading reading = reader.read(each.value());
            assertThat(reading).isInstanceOf(EventReading.Read.class);
            XRayEvent event = ((EventReading.Read) reading).event();
            read.put(event.getEventId(), event);
            return read.size() < EVENTS;
          });
    }
    return read;
  }

  private static String digest(ByteBuffer data) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(data.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }
}
