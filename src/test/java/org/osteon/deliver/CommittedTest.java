package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Finding;
import org.osteon.event.Undelivered;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Scrape;
import org.osteon.testing.server.Orthanc;

/** Results that count as delivered once the archive says that it keeps them, and not before. */
@Tag("integration")
@Timeout(300)
class CommittedTest {
  @TempDir private Path folder;

  @Test
  void whatIsKeptIsDeliveredAndWhatNobodySaysIsKeptIsALetterInTheEnd() throws Exception {
    Orthanc.require();
    int port = Ports.take();
    try (Orthanc archive =
            Orthanc.knowing(folder.resolve("orthanc"), Ports.take(), Ports.take(), "OSTEON", port);
        Site site =
            new Site(
                folder,
                Map.of("deliver.attempts", "2"),
                target("pacs", archive),
                "pacs.commit=later",
                "pacs.commit.port=" + port,
                // The archive reports to the other, by an association of its own.
                target("deaf", archive),
                "deaf.commit=same",
                "deaf.commit.seconds=1")) {
      site.publish(1, Finding.DEFINITE);
      try (Deliverer deliverer = Deliverer.start(site.settings)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(
                () ->
                    assertThat(Scrape.get(deliverer.httpPort(), "/metrics").body())
                        .contains(
                            "osteon_deliver_commitments_total{outcome=\"committed\",target=\"pacs\"} 1.0",
                            "osteon_deliver_commitments_total{outcome=\"silent\",target=\"deaf\"} 2.0",
                            "osteon_deliver_delivered_total{target=\"pacs\"} 1.0",
                            "osteon_deliver_delivered_total{target=\"deaf\"} 0.0"));
        await("a letter").until(() -> site.undelivered().size() == 1);
      }
      Undelivered letter = site.undelivered().get(0);
      assertThat(letter.getTarget()).isEqualTo("deaf");
      assertThat(letter.getReason()).isEqualTo("TOO_OFTEN");
      assertThat(letter.getWords()).contains("did not say within 1 s that it keeps it");
      assertThat(archive.modalities(Site.study(1))).containsExactly("OT", "SR");
    }
  }

  private static String target(String name, Orthanc archive) {
    return String.join(
        "\n",
        name + ".type=dicom",
        name + ".host=127.0.0.1",
        name + ".port=" + archive.dicomPort(),
        name + ".title=" + Orthanc.TITLE);
  }
}
