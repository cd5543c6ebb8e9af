package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.topics.TopicSetup;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.Fetcher;
import org.osteon.fetch.Reference;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.CommandRun;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;
import org.osteon.testing.server.S3Server;

@Tag("integration")
class PublishByReferenceTest {
  @TempDir private Path folder;

  @Test
  void smallImagesTravelInlineAndLargeOnesByReference() throws Exception {
    try (S3Server server = S3Server.launch()) {
      Map<String, String> further = new HashMap<>(server.settings());
      further.put("publish.upload.to", "s3://" + S3Server.BUCKET + "/in");
      further.put("publish.inline.max.bytes", "50000");
      Settings settings = settings(further);
      byte[] large = DicomFiles.drawn(1, Kind.HEALTHY, 300, 200);
      Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(2, Kind.FRACTURED, 100, 90));
      Files.write(folder.resolve("2.dcm"), large);
      CommandRun run = CommandRun.of(settings, "publish", folder.toString());
      assertThat(run.status()).as(run.err()).isZero();
      List<XRayEvent> events = events(settings, 2);
      assertThat(events).filteredOn(e -> e.getImage() instanceof InlineImage).hasSize(1);
      ImageReference reference =
          events.stream()
              .map(XRayEvent::getImage)
              .filter(ImageReference.class::isInstance)
              .map(ImageReference.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(reference.getUri()).startsWith("s3://radiographs/in/");
      assertThat(events).allMatch(e -> e.getContentType().equals("application/dicom"));
      try (Fetcher fetcher =
          new Fetcher(FetchSettings.of(settings), 1 << 20, FetchSettings.Watch.NONE)) {
        Reference there =
            new Reference(reference.getUri(), reference.getLength(), reference.getSha256());
        assertThat(((Fetched.Bytes) fetcher.fetch(there, System.nanoTime())).bytes())
            .isEqualTo(large);
      }
    }
  }

  @Test
  void aStoreThatTakesNothingEndsTheCommandBeforeTheEvent() throws Exception {
    Settings settings =
        settings(
            Map.of(
                "publish.upload.to", "s3://nowhere/in",
                "fetch.s3.endpoint", "http://127.0.0.1:9",
                "publish.inline.max.bytes", "0"));
    Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(2, Kind.FRACTURED, 100, 90));
    CommandRun run = CommandRun.of(settings, "publish", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("s3://nowhere").contains("fetch.s3.endpoint").hasLineCount(1);
    assertThat(run.out()).doesNotContain("published");
  }

  private static Settings settings(Map<String, String> further) throws Exception {
    Settings settings =
        Platform.settings(Platform.broker().bootstrapServers(), Platform.registry().url(), further);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(1, 1, false);
    }
    return settings;
  }

  private static List<XRayEvent> events(Settings settings, int count) {
    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    List<XRayEvent> events = new ArrayList<>();
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.EVENTS), true)) {
      follower.follow(
          each -> {
            events.add(((EventReading.Read) reader.read(each.value())).event());
            return events.size() < count;
          });
    }
    return events;
  }
}
