package org.osteon.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.TopicFollower;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.Stage;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.testing.Verdicts;

/** The console over real topics, asked as a browser asks it. */
@Tag("integration")
@Timeout(300)
class ConsoleTest {
  private static final String TOKEN = "0123456789abcdef-console";

  @TempDir private Path folder;

  private final Visitor visitor = new Visitor();

  @Test
  void thePageFollowsTheTopicsAndOnlyItsOwnPageWithTheTokenMayWrite() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Settings settings = ConsoleTopics.settings(Map.of("console.token.file", token.toString()));
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String results = settings.get(TopicKeys.RESULTS);
    ConsoleTopics.put(
        settings, results, serdes.results(), Verdicts.result("clear", "2.25.11", 0.1, 0.05));
    try (Console console = Console.start(settings, null)) {
      String home = "http://127.0.0.1:" + console.port();
      // What was there before it began is shown.
      await().until(() -> visitor.get(home + "/").body().contains("2.25.11"));
      HttpResponse<String> page = visitor.get(home + "/");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body())
          .contains("id=\"act\"")
          .doesNotContain("<style", "onclick", "http://", "https://")
          .doesNotContainPattern("<script(?! src=\"/console.js\")");
      HttpResponse<InputStream> stream = visitor.follow(home + "/events");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        Visitor.nextChange(lines);
        ConsoleTopics.put(
            settings,
            results,
            serdes.results(),
            Verdicts.of("doubtful", "2.25.22", 0.5, 0.2, "1", Decision.REFER));
        ConsoleTopics.put(
            settings, settings.get(TopicKeys.ALERTS), serdes.alerts(), ConsoleTopics.alert());
        ConsoleTopics.put(
            settings,
            settings.get(TopicKeys.DEAD_LETTERS),
            serdes.deadLetters(),
            ConsoleTopics.letter(settings, Stage.DESERIALIZE, "UNKNOWN_SCHEMA"));
        Visitor.nextChange(lines);
        await()
            .untilAsserted(
                () ->
                    assertThat(visitor.get(home + "/live").body())
                        .contains("2.25.22", "refer: POOR_QUALITY", "UNKNOWN_SCHEMA")
                        .contains(
                            "HAND: &lt;b&gt;to be seen now", "<dt>dead letters</dt><dd>1</dd>")
                        .doesNotContain("<b>"));
      }
      assertThat(visitor.get(home + "/console.js").body()).contains("EventSource");
      assertThat(visitor.get(home + "/console.css").body()).contains("prefers-color-scheme: dark");
      writes(settings, home);
      says(settings, serdes, home);
      acknowledges(home);
      assertThat(ConsoleTopics.audit(settings, serdes))
          .contains(
              "REDRIVE UNKNOWN_SCHEMA BEGUN tester",
              "REDRIVE UNKNOWN_SCHEMA DONE tester",
              "TRUTH 2.25.22 DONE radiologist-2",
              "ACKNOWLEDGE a DONE radiologist-2")
          .noneMatch(each -> each.contains(" x"));
    }
  }

  private void says(Settings settings, EventSerdes serdes, String home) throws Exception {
    String topic = settings.get(TopicKeys.TRUTHS);
    ConsoleTopics.put(settings, topic, serdes.truths(), ConsoleTopics.report(Label.UNKNOWN, 1));
    await().until(() -> visitor.get(home + "/live").body().contains("report 2.25.33"));
    assertThat(visitor.get(home + "/live").body())
        .contains("<dt>reports to read</dt><dd>1</dd>", "agree doubtful", "other doubtful");
    String as = "&who=radiologist-2&token=" + TOKEN;
    for (String refused :
        List.of(
            "say=agree+doubtful&who=x&token=wrong",
            "say=agree+doubtful&who=&token=" + TOKEN,
            "say=other+doubtful&other=" + as,
            "say=other+doubtful&other=FRACTURED" + as,
            "say=agree+clear" + as,
            "say=report+2.25.99&other=HEALTHY" + as,
            "say=" + as)) {
      assertThat(visitor.post(home, "/truth", refused, Map.of()).statusCode())
          .as(refused)
          .isIn(400, 401);
    }
    assertThat(
            visitor
                .post(
                    home,
                    "/truth",
                    "say=agree+doubtful" + as,
                    Map.of("Origin", "http://evil.example"))
                .statusCode())
        .isEqualTo(403);
    for (String said :
        List.of(
            "say=other+doubtful&other=HEALTHY" + as, "say=report+2.25.33&other=FRACTURED" + as)) {
      assertThat(visitor.post(home, "/truth", said, Map.of("Origin", home)).statusCode())
          .isEqualTo(200);
    }
    // What was said of is worked off.
    await()
        .untilAsserted(
            () ->
                assertThat(visitor.get(home + "/live").body())
                    .doesNotContain("report 2.25.33", "agree doubtful"));
    assertThat(
            visitor
                .post(home, "/truth", "say=agree+doubtful" + as, Map.of("Origin", home))
                .statusCode())
        .isEqualTo(400);
    List<String> truths = new ArrayList<>();
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> {
          Truth truth = serdes.truths().deserializer().deserialize(topic, found.value());
          truths.add(
              "%s %s %s %s %s"
                  .formatted(
                      truth.getStudyInstanceUid(),
                      truth.getEventId(),
                      truth.getLabel(),
                      truth.getRole(),
                      truth.getSawAnswer()));
        });
    assertThat(truths)
        .containsExactly(
            "2.25.33 null UNKNOWN REPORT null",
            "2.25.22 doubtful HEALTHY SECOND_READER true",
            "2.25.33 null FRACTURED REPORT null");
    HttpResponse<String> performance = visitor.get(home + "/performance");
    assertThat(performance.statusCode()).isEqualTo(200);
    assertThat(performance.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("script");
    assertThat(performance.body()).contains("<html").doesNotContain("<script");
  }

  private void acknowledges(String home) throws Exception {
    assertThat(visitor.get(home + "/live").body())
        .contains("<dt>alerts to acknowledge</dt><dd>1</dd>", "href=\"/result?event=clear\"");
    assertThat(visitor.get(home + "/result?event=clear").body())
        .contains("There is no picture", "2.25.11", "formaction=\"/acknowledge\"");
    assertThat(visitor.get(home + "/result?event=nothing").statusCode()).isEqualTo(404);
    assertThat(visitor.get(home + "/picture?event=clear").statusCode()).isEqualTo(404);
    String as = "alert=a&who=radiologist-2&token=";
    assertThat(visitor.post(home, "/acknowledge", as, Map.of()).statusCode()).isEqualTo(401);
    assertThat(visitor.post(home, "/acknowledge", as + TOKEN, Map.of()).statusCode())
        .isEqualTo(200);
    await()
        .until(
            () ->
                visitor
                    .get(home + "/live")
                    .body()
                    .contains("<dt>alerts to acknowledge</dt><dd>0</dd>"));
    assertThat(visitor.post(home, "/acknowledge", as + TOKEN, Map.of()).statusCode())
        .isEqualTo(400);
  }

  private void writes(Settings settings, String home) throws Exception {
    String form = "reason=UNKNOWN_SCHEMA&who=tester&token=";
    assertThat(visitor.post(home, form, Map.of()).statusCode()).isEqualTo(401);
    assertThat(visitor.post(home, form + "wrong", Map.of()).statusCode()).isEqualTo(401);
    assertThat(
            visitor.post(home, form + TOKEN, Map.of("Origin", "http://evil.example")).statusCode())
        .isEqualTo(403);
    assertThat(visitor.post(home, form + TOKEN, Map.of("Origin", "null")).statusCode())
        .isEqualTo(403);
    assertThat(
            visitor.post(home, form + TOKEN, Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
    assertThat(visitor.post(home, "reason=X&who=<script>&token=" + TOKEN, Map.of()).statusCode())
        .isEqualTo(400);
    assertThat(visitor.get(home + "/redrive").statusCode()).isEqualTo(405);
    // Nothing was published by any of them: the letter is still there to be taken.
    HttpResponse<String> done = visitor.post(home, form + TOKEN, Map.of("Origin", home));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).startsWith("1 dead letters published again");
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.EVENTS), true)) {
      follower.follow(
          found -> {
            assertThat(found.value()).containsExactly(9, 9);
            return false;
          });
    }
  }

  @Test
  void withoutATokenItIsReadOnlyWhateverIsShown() throws Exception {
    try (Console console = Console.start(ConsoleTopics.settings(Map.of()), null)) {
      String home = "http://127.0.0.1:" + console.port();
      assertThat(visitor.get(home + "/").body()).contains("read-only").doesNotContain("<form");
      HttpResponse<String> refused =
          visitor.post(home, "reason=X&who=tester&token=" + TOKEN, Map.of());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("console.token.file");
    }
  }
}
