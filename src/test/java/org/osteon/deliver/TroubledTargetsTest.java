package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.osteon.deliver.DicomTargets.archive;
import static org.osteon.deliver.DicomTargets.target;
import static org.osteon.deliver.DicomTargets.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.RedriveUndelivered;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.identity.Forgetting;
import org.osteon.identity.Identities;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.Scrape;
import org.osteon.testing.server.Orthanc;

/** Targets that are away or refuse, beside others that get what is theirs. */
@Tag("integration")
class TroubledTargetsTest {
  @TempDir private Path folder;

  @Test
  void aTargetThatIsAwayDelaysNoOtherAndGetsAllInTheEnd() throws Exception {
    Orthanc.require();
    Dcmtk.require("storescp", "dcmdump");
    int oddPort = Ports.take();
    Path odd = Files.createDirectories(folder.resolve("odd"));
    try (Orthanc archive = archive(folder);
        Site site =
            new Site(
                folder,
                Map.of("deliver.settle.seconds", "3600"),
                target("pacs", archive.dicomPort(), "ORTHANC"),
                "pacs.when=result",
                target("odd", oddPort, "ODD"),
                "odd.finding=DOUBT",
                "odd.when=settled");
        Deliverer deliverer = Deliverer.start(site.settings)) {
      archive.kill();
      ClassificationResult doubt = site.publish(1, Finding.DOUBT);
      site.publish(2, Finding.NONE);
      site.publish(3, Finding.CRITICAL);
      // The second target takes implicit little endian alone, and nothing else.
      ChildProcess storescp =
          ChildProcess.start(
              folder.resolve("storescp.log"),
              "storescp",
              "--implicit",
              "-aet",
              "ODD",
              "-od",
              odd.toString(),
              "" + oddPort);
      try {
        await("what raises an alert waits for nothing")
            .untilAsserted(() -> assertThat(files(odd)).hasSize(2));
        assertThat(Scrape.get(deliverer.httpPort(), "/readyz").statusCode()).isEqualTo(200);
        await("a doubt waits for its study")
            .during(Duration.ofSeconds(2))
            .until(() -> files(odd).size() == 2);
        site.settle(doubt);
        await("the settled study").untilAsserted(() -> assertThat(files(odd)).hasSize(4));
        await("it is counted when its answer is here, after the file")
            .untilAsserted(
                () ->
                    assertThat(Scrape.get(deliverer.httpPort(), "/metrics").body())
                        .contains("osteon_deliver_away{target=\"pacs\"} 1.0")
                        .contains("osteon_deliver_delivered_total{target=\"odd\"} 2.0")
                        .contains("osteon_deliver_backlog{target=\"pacs\"} 3.0")
                        .doesNotContain("2.25.", "1.2.3."));
        archive.restart();
        for (int n = 1; n <= 3; n++) {
          String study = Site.study(n);
          await("study " + n)
              .ignoreExceptions()
              .untilAsserted(
                  () -> assertThat(archive.modalities(study)).containsExactly("OT", "SR"));
        }
        assertThat(site.undelivered()).isEmpty();
        for (Path file : files(odd)) {
          assertThat(Dcmtk.run("dcmdump", "+P", "0002,0010", file.toString()).said())
              .contains("LittleEndianImplicit");
        }
      } finally {
        storescp.kill();
      }
    }
  }

  @Test
  void whatIsRefusedForGoodIsALetterWithTheTargetsWordsAndNoName() throws Exception {
    Orthanc.require();
    Dcmtk.require("storescp");
    int jpegPort = Ports.take();
    Path nothing = Files.createDirectories(folder.resolve("nothing"));
    ChildProcess storescp =
        ChildProcess.start(
            folder.resolve("storescp.log"),
            "storescp",
            "-aet",
            "JPEG",
            "-od",
            nothing.toString(),
            "-xf",
            onlyEcho().toString(),
            "Echo",
            "" + jpegPort);
    try (Orthanc archive = archive(folder);
        Site site =
            new Site(
                folder,
                Map.of(),
                target("pacs", archive.dicomPort(), "ORTHANC"),
                "pacs.facilities=ward-7",
                target("jpeg", jpegPort, "JPEG"),
                "jpeg.finding=DEFINITE",
                target("elsewhere", archive.dicomPort(), "ORTHANC"),
                "elsewhere.facilities=ward-8");
        Identities kept = site.kept()) {
      site.publish(4, Finding.DEFINITE);
      site.publish(5, Finding.DEFINITE);
      assertThat(new Forgetting(kept, site.identities()).patient("patient-5", false)).isEqualTo(1);
      site.send(site.settings.get(TopicKeys.RESULTS), "2.25.99", new byte[] {7, 7, 7});
      try (Deliverer deliverer = Deliverer.start(site.settings)) {
        await("letters").untilAsserted(() -> assertThat(site.undelivered()).hasSize(6));
        assertThat(deliverer.notReady()).isEmpty();
        Map<String, String> reasons = new HashMap<>();
        site.undelivered()
            .forEach(
                each -> {
                  reasons.put(each.getTarget() + " " + each.getResultId(), each.getReason());
                  assertThat(each.getWords()).isNotEmpty().doesNotContain(Site.secrets());
                });
        assertThat(reasons)
            .containsOnly(
                Map.entry("pacs r5", "NO_IDENTITY"),
                Map.entry("pacs unknown", "UNREADABLE"),
                Map.entry("jpeg r4", "NOT_NEGOTIATED"),
                Map.entry("jpeg r5", "NO_IDENTITY"),
                Map.entry("jpeg unknown", "UNREADABLE"),
                Map.entry("elsewhere unknown", "UNREADABLE"));
        await()
            .ignoreExceptions()
            .untilAsserted(
                () -> assertThat(archive.modalities(Site.study(4))).containsExactly("OT", "SR"));
        assertThat(archive.get("/studies")).hasSize(1);
      }
      site.read(site.settings.get(TopicKeys.UNDELIVERED))
          .forEach(each -> assertThat(text(each.value())).doesNotContain(Site.secrets()));
      // Its offsets are its own and it goes on where it was: nothing is sent or refused again.
      try (Deliverer again = Deliverer.start(site.settings)) {
        await().until(() -> again.notReady().isEmpty());
        site.publish(6, Finding.NONE);
        await()
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(archive.get("/studies")).hasSize(1));
        assertThat(site.undelivered()).hasSize(6);
        // Asked for once more, by hand: the identity is there again, so one of the two goes.
        site.keep(5);
        assertThat(new RedriveUndelivered(site.settings, "pacs", 3).run(true).published())
            .isEqualTo(2);
        assertThat(new RedriveUndelivered(site.settings, "pacs", 3).run(false).published())
            .isEqualTo(2);
        await("the redriven one")
            .ignoreExceptions()
            .untilAsserted(
                () -> assertThat(archive.modalities(Site.study(5))).containsExactly("OT", "SR"));
        await("the other is refused again")
            .untilAsserted(() -> assertThat(site.undelivered()).hasSize(6 + 2 + 1));
        assertThat(new RedriveUndelivered(site.settings, "pacs", 1).run(false))
            .isEqualTo(new RedriveUndelivered.Outcome(0, 1));
        assertThat(archive.get("/studies")).hasSize(2);
      }
    } finally {
      storescp.kill();
    }
  }

  /** A profile of dcmtk that accepts verification and nothing else. */
  private Path onlyEcho() throws Exception {
    return Files.writeString(
        folder.resolve("echo.cfg"),
        """
        [[TransferSyntaxes]]
        [Any]
        TransferSyntax1 = LocalEndianExplicit
        [[PresentationContexts]]
        [Contexts]
        PresentationContext1 = VerificationSOPClass\\Any
        [[Profiles]]
        [Echo]
        PresentationContexts = Contexts
        """);
  }

  private static List<Path> files(Path folder) throws Exception {
    try (var all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
