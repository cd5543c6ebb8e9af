package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.config.Settings;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Answers;
import org.osteon.testing.BrowserVisitor;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;

@Tag("integration")
class ReportCommandTest {
  @TempDir private Path folder;

  @Test
  void onePageShowsWhatCameOutAndWhereTheModelLooked() throws Exception {
    Settings settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of(
                "model.path",
                ShippedModel.folder().toString(),
                "http.port",
                "0",
                "model.shadow.share",
                "1"));
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
    List<String> ids = new ArrayList<>();
    try (EventPublisher publisher = new EventPublisher(settings)) {
      for (int i = 0; i < 9; i++) {
        byte[] image = SyntheticRadiographs.draw(i, Kind.values()[i % 3]).jpeg();
        publisher.publish(event("e" + i, image));
        ids.add("e" + i);
      }
      publisher.publish(event("bad", "no image".getBytes(StandardCharsets.UTF_8)));
      ids.add("bad");
      publisher.awaitAll();
    }
    Path shadow = ShippedModel.folder().resolveSibling("1");
    CommandRun deployed = CommandRun.of(settings, "model", "deploy", "--shadow", shadow.toString());
    assertThat(deployed.status()).as(deployed.err()).isZero();
    CommandRun run;
    try (OsteonService service = OsteonService.start(settings, Hooks.none())) {
      assertThat(Answers.await(settings, ids).results()).hasSize(9);
      assertThat(service.health().notAlive().isEmpty()).isTrue();
      int port = service.httpPort();
      await().until(() -> !Scrape.of(port).of("osteon_shadow_model").isEmpty());
      try (EventPublisher publisher = new EventPublisher(settings)) {
        publisher.publish(event("e9", SyntheticRadiographs.draw(9, Kind.HEALTHY).jpeg()));
        publisher.awaitAll();
      }
      await().until(() -> Scrape.of(port).sum("osteon_shadow_labels_total") >= 1);
      ids.add("e9");
      List<ClassificationResult> results = Answers.await(settings, ids).results();
      assertThat(results).hasSize(10).allSatisfy(ReportCommandTest::saysWhere);
      run =
          CommandRun.of(
              settings,
              "report",
              folder.toString(),
              "--images=6",
              "--metrics=http://127.0.0.1:" + port);
    }
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("6 of 6 results with their pictures");
    String html = Files.readString(folder.resolve("report.html"));
    String newest = ShippedModel.folder().getFileName().toString();
    assertThat(html)
        .contains("<b>10</b>results", "<b>1</b>dead letters", "DECODE NOT_AN_IMAGE", "p99")
        .contains("Version " + newest + " with 1 in its shadow", "with the same label")
        .contains("A&amp;E &lt;ward 7")
        .doesNotContain("<ward", "http://", "https://", "<script");
    assertThat(count("<figure>", html)).isEqualTo(6);
    assertThat(count("where it looked", html)).isEqualTo(6);
    assertThat(count("src=\"data:image/png;base64,iVBOR", html)).isEqualTo(12);
    looksWell(folder.resolve("report.html"));
  }

  /** As the shipped version does: where something was found, and nowhere else. */
  private static void saysWhere(ClassificationResult result) {
    assertThat(result.getRegions()).isNotNull();
    assertThat(result.getRegions().isEmpty()).isEqualTo(result.getFinding() == Finding.NONE);
    assertThat(result.getRegions())
        .allSatisfy(
            each -> {
              assertThat(each.getX0()).isNotNegative().isLessThan(each.getX1());
              assertThat(each.getY0()).isNotNegative().isLessThan(each.getY1());
              assertThat(each.getX1()).isLessThanOrEqualTo(1);
              assertThat(each.getY1()).isLessThanOrEqualTo(1);
              assertThat(each.getScore()).isBetween(0.0, 1.0);
            });
  }

  /** {@code make pictures} keeps the picture for the docs. */
  private void looksWell(Path page) throws Exception {
    BrowserVisitor.require();
    String kept = System.getProperty("osteon.pictures");
    Path picture = (kept == null ? folder : Path.of(kept)).resolve("report.png").toAbsolutePath();
    JsonNode seen = BrowserVisitor.see("page.js", page.toString(), picture.toString());
    assertThat(seen.at("/violations")).as("what axe finds").isEmpty();
    assertThat(seen.at("/overflows")).as("wider than the screen").isEmpty();
    assertThat(seen.at("/broken").asInt()).as("pictures that are not drawn").isZero();
    assertThat(picture).isNotEmptyFile();
  }

  private static XRayEvent event(String id, byte[] image) {
    return XRayEvent.newBuilder()
        .setEventId(id)
        .setStudyInstanceUid("2.25." + id.hashCode())
        .setFacility("A&E <ward 7>")
        .setPublishedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
        .setContentType("image/jpeg")
        .setImage(new InlineImage(ByteBuffer.wrap(image)))
        .build();
  }

  private static long count(String text, String html) {
    return Pattern.compile(Pattern.quote(text)).matcher(html).results().count();
  }
}
