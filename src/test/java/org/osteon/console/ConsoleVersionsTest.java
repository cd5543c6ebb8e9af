package org.osteon.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.DeploymentMode;
import org.osteon.event.Finding;
import org.osteon.event.ModelDeployment;
import org.osteon.event.Source;
import org.osteon.event.Undelivered;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;
import org.osteon.testing.Platform;
import org.osteon.testing.Trees;

/** Versions that lie in a folder, and what targets refused: shown, and acted on with the token. */
@Tag("integration")
@Timeout(300)
class ConsoleVersionsTest {
  private static final String TOKEN = "0123456789abcdef-console";
  private static final String LABEL = "osteon-s/1";

  @TempDir private Path folder;

  private final Visitor visitor = new Visitor();

  @Test
  void cardsAreReadAndVersionsDeployed() throws Exception {
    Path version = folder.resolve("models/osteon-s/1");
    Trees.copy(ShippedModel.folder().resolveSibling("1"), version);
    String card = Files.readString(version.resolve("MODEL_CARD.md"));
    Files.writeString(
        version.resolve("MODEL_CARD.md"),
        card + "\n<script>x</script>\n\n[y](javascript:alert(1))\n");
    Settings settings = settings(folder.resolve("models"));
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (Console console = Console.start(settings, null)) {
      String home = "http://127.0.0.1:" + console.port();
      assertThat(visitor.get(home + "/").body())
          .contains("<a href=\"/card?version=osteon-s/1\">osteon-s/1</a>", "canary osteon-s/1");
      String page = visitor.get(home + "/card?version=" + LABEL).body();
      assertThat(page)
          .contains("<h1>osteon-s 1</h1>", "<table>", "&lt;script&gt;x")
          .doesNotContain("<script>x", "href=\"javascript");
      assertThat(page).contains("/figure?version=osteon-s/1&amp;name=");
      assertThat(figure(home, "curves.png").headers().firstValue("Content-Type"))
          .contains("image/png");
      for (String other : new String[] {"../model.json", "nothing.png", ""}) {
        assertThat(figure(home, other).statusCode()).as(other).isEqualTo(404);
      }
      assertThat(visitor.get(home + "/card?version=../osteon-s/1").statusCode()).isEqualTo(404);
      // Its digest is not what the manifest says any more: a version that was tampered with.
      assertThat(deploy(home, "active", LABEL).body()).contains("It is not done", "SHA-256");
      Files.writeString(version.resolve("MODEL_CARD.md"), card);
      assertThat(visitor.post(home, "/deploy", "deploy=active+x&who=y&token=no", Map.of()))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(401);
      assertThat(deploy(home, "active", "osteon-s/99").statusCode()).isEqualTo(400);
      assertThat(deploy(home, "nowhere", LABEL).statusCode()).isEqualTo(400);
      assertThat(deploy(home, "active", LABEL).body())
          .isEqualTo("osteon-s/1 is to answer from now on.\n");
      assertThat(deploy(home, "canary", LABEL).body()).contains("is the active version");
      assertThat(deploy(home, "shadow", LABEL).body()).contains("as the shadow");
      await()
          .untilAsserted(
              () ->
                  assertThat(visitor.get(home + "/live").body())
                      .contains("promote osteon-s/1", "<td data-of=\"deployed by\">tester"));
    }
    try (DeploymentTopic topic = new DeploymentTopic(settings, serdes)) {
      ModelDeployment active = topic.readToEnd().active().orElseThrow();
      assertThat(active.getSha256()).isEqualTo(ModelVersion.read(version).sha256());
      assertThat(active.getUri()).isEqualTo(version.toUri().toString());
      assertThat(topic.shadow().orElseThrow().getMode()).isEqualTo(DeploymentMode.SHADOW);
    }
    assertThat(ConsoleTopics.audit(settings, serdes))
        .contains(
            "DEPLOY osteon-s/1 FAILED tester",
            "DEPLOY osteon-s/1 DONE tester",
            "DEPLOY_CANARY osteon-s/1 FAILED tester",
            "DEPLOY_SHADOW osteon-s/1 DONE tester");
  }

  @Test
  void whatTargetsRefusedIsShownAndAskedForAgain() throws Exception {
    Settings settings = settings(folder);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String topic = settings.get(TopicKeys.UNDELIVERED);
    ConsoleTopics.put(settings, topic, serdes.undelivered(), refused("a"));
    ConsoleTopics.put(settings, topic, serdes.undelivered(), refused("b"));
    try (Console console = Console.start(settings, null)) {
      String home = "http://127.0.0.1:" + console.port();
      String two = "<td data-of=\"reason\">NO_IDENTITY</td><td data-of=\"how many\">2</td>";
      await().untilAsserted(() -> assertThat(visitor.get(home + "/live").body()).contains(two));
      String form = "target=pacs&who=tester&token=" + TOKEN;
      assertThat(visitor.post(home, "/deliver", form, Map.of()).body())
          .isEqualTo("pacs is asked for 2 once more, 0 had their rounds.\n");
      assertThat(visitor.post(home, "/deliver", form.replace("pacs", "a b"), Map.of()).statusCode())
          .isEqualTo(400);
      // What was asked for again lies in the same topic, and is no refusal.
      ConsoleTopics.put(settings, topic, serdes.undelivered(), refused("c"));
      await()
          .untilAsserted(
              () ->
                  assertThat(visitor.get(home + "/live").body())
                      .contains(two.replace(">2<", ">3<")));
    }
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    Settings settings = settings(folder.resolve("nowhere"));
    assertThatThrownBy(() -> Console.start(settings, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("console.models: there is no folder");
  }

  private HttpResponse<String> figure(String home, String name) throws Exception {
    return visitor.get(home + "/figure?version=" + LABEL + "&name=" + name);
  }

  private HttpResponse<String> deploy(String home, String how, String version) throws Exception {
    String what = URLEncoder.encode(how + " " + version, StandardCharsets.UTF_8);
    return visitor.post(
        home, "/deploy", "deploy=%s&who=tester&token=%s".formatted(what, TOKEN), Map.of());
  }

  private static Undelivered refused(String id) {
    return Undelivered.newBuilder()
        .setTarget("pacs")
        .setResultId(id)
        .setStudyInstanceUid("2.25." + id.hashCode())
        .setFacility("north")
        .setFinding(Finding.DEFINITE)
        .setReason("NO_IDENTITY")
        .setWords("")
        .setAttempts(1)
        .setSource(new Source("results", 0, 1L, 2L))
        .setResult(ByteBuffer.wrap(new byte[] {1}))
        .setFailedAt(Instant.ofEpochMilli(5))
        .build();
  }

  private Settings settings(Path models) {
    try {
      Path token = Files.writeString(folder.resolve("token"), TOKEN);
      Settings settings =
          Platform.settings(
              Platform.broker().bootstrapServers(),
              Platform.registry().url(),
              Map.of(
                  "console.listen", "127.0.0.1:0",
                  "console.token.file", token.toString(),
                  "console.models", models.toString()));
      try (Admin admin = Platform.admin(settings)) {
        new TopicSetup(admin, Registry.connect(settings), settings).run(1, 1, false);
      }
      return settings;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
