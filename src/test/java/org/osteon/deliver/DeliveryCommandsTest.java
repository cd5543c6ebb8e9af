package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventClasses;
import org.osteon.event.Redrives;
import org.osteon.event.Source;
import org.osteon.event.Undelivered;
import org.osteon.gateway.Gateway;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.testing.CommandRun;

/** {@code identity forget} and {@code redrive --undelivered}, as a person types them. */
@Tag("integration")
@Timeout(300)
class DeliveryCommandsTest {
  static {
    EventClasses.trust();
  }

  private static final String NUMBER = "MRN-774411";

  @TempDir private Path folder;

  @Test
  void forgetDeletesWhatItIsToldToAndNothingElse() throws Exception {
    try (Site site = site();
        Identities kept = site.kept()) {
      String pseudonym = Gateway.pseudonym(site.settings, NUMBER);
      for (int n = 1; n <= 3; n++) {
        site.keep(n);
      }
      site.identities()
          .publish(
              new IdentitySeal.Pseudonymous("2.25.79", "2.25.89", pseudonym, "ward-7"),
              Site.original(9))
          .get();
      CommandRun dry = run(site, "identity", "forget", "--pseudonym", "patient-1", "--dry-run");
      assertThat(dry.status()).as(dry.err()).isZero();
      assertThat(dry.out()).contains("The identity of 1 images would be deleted");
      assertThat(size(kept)).isEqualTo(4);

      CommandRun one = run(site, "identity", "forget", "--pseudonym", "patient-1");
      assertThat(one.out()).contains("The identity of 1 images is deleted");
      assertThat(run(site, "identity", "forget", "--study", "2.25.72").out()).contains("of 1 ");
      assertThat(size(kept)).isEqualTo(2);

      CommandRun byNumber = withInput(NUMBER + "\n", site, "identity", "forget", "--patient");
      assertThat(byNumber.status()).as(byNumber.err()).isZero();
      assertThat(byNumber.out()).contains("of 1 images is").doesNotContain(NUMBER);
      assertThat(kept.of("2.25.79", "2.25.89")).isEmpty();
      assertThat(kept.of("2.25.73", "2.25.83")).isPresent();

      assertThat(run(site, "identity", "forget", "--before", "1d").out()).contains("of 0 images");
      assertThat(run(site, "identity", "forget", "--pseudonym", "patient-1").out())
          .as("it is gone already")
          .contains("of 0 images");
      assertThat(size(kept)).isEqualTo(1);
    }
  }

  @Test
  void forgetWantsToBeToldWhom() throws Exception {
    try (Site site = site()) {
      assertThat(run(site, "identity", "forget").status()).isEqualTo(2);
      assertThat(run(site, "identity", "forget", "--study", "1", "--pseudonym", "2").status())
          .isEqualTo(2);
      CommandRun unnamed = withInput("\n", site, "identity", "forget", "--patient");
      assertThat(unnamed.status()).isEqualTo(2);
      assertThat(unnamed.err()).contains("standard input");
    }
  }

  @Test
  void redriveAsksATargetOnceMoreForWhatItRefused() throws Exception {
    try (Site site = site()) {
      refused(site, "pacs", "r1");
      refused(site, "pacs", "r2");
      refused(site, "ward", "r3");
      CommandRun dry = run(site, "redrive", "--undelivered", "pacs", "--dry-run");
      assertThat(dry.status()).as(dry.err()).isZero();
      assertThat(dry.out()).contains("2 results would be asked for again for pacs.");
      assertThat(asked(site)).isZero();

      assertThat(run(site, "redrive", "--undelivered", "pacs").out())
          .contains("2 results are asked for again for pacs.");
      assertThat(asked(site)).isEqualTo(2);
      assertThat(run(site, "redrive", "--undelivered", "pacs").out())
          .as("only those that came since")
          .contains("0 results");
      assertThat(run(site, "redrive", "--undelivered", "--json").out())
          .containsPattern("\"published\" ?: ?3");
      assertThat(asked(site)).isEqualTo(5);
      CommandRun mixed = run(site, "redrive", "--undelivered", "pacs", "--reason", "REFUSED");
      assertThat(mixed.status()).isEqualTo(2);
      assertThat(mixed.err()).contains("--undelivered goes with --max and --dry-run alone");
    }
  }

  private Site site() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
    return new Site(
        folder,
        Map.of("gateway.key.file", key.toString()),
        "pacs.type=dicom",
        "pacs.host=127.0.0.1",
        "pacs.port=104",
        "pacs.title=PACS");
  }

  private static CommandRun run(Site site, String... arguments) {
    return CommandRun.of(site.settings, arguments);
  }

  private static CommandRun withInput(String input, Site site, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(site, arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static int size(Identities kept) throws Exception {
    kept.readToEnd();
    return kept.size();
  }

  private static long asked(Site site) {
    return site.read(site.settings.get(TopicKeys.UNDELIVERED)).stream()
        .filter(each -> Redrives.of(each.headers()) > 0)
        .count();
  }

  private static void refused(Site site, String target, String result) throws Exception {
    Settings settings = site.settings;
    String topic = settings.get(TopicKeys.UNDELIVERED);
    Undelivered letter =
        Undelivered.newBuilder()
            .setTarget(target)
            .setResultId(result)
            .setStudyInstanceUid("2.25.71")
            .setFacility("ward-7")
            .setReason("REFUSED")
            .setWords("no")
            .setAttempts(1)
            .setSource(new Source(settings.get(TopicKeys.RESULTS), 0, 0L, 0L))
            .setResult(ByteBuffer.wrap(new byte[] {1}))
            .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    site.send(topic, "2.25.71", site.serdes.undelivered().serializer().serialize(topic, letter));
  }
}
