package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Finding;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.server.Orthanc;

/** {@code osteon deliver} as a process of its own, and its end between a sending and its commit. */
@Tag("chaos")
class DeliverKilledTest {
  private static final int RESULTS = 40;

  @TempDir private Path folder;

  @Test
  void nothingIsLostAndNothingIsThereTwiceWhenItIsKilled() throws Exception {
    Orthanc.require();
    try (Orthanc archive = Orthanc.start(folder.resolve("orthanc"), Ports.take(), Ports.take());
        Site site =
            new Site(
                folder,
                Map.of("deliver.timeout.ms", "10000"),
                "pacs.type=dicom",
                "pacs.host=127.0.0.1",
                "pacs.port=" + archive.dicomPort(),
                "pacs.title=ORTHANC",
                "pacs.when=result")) {
      for (int n = 0; n < RESULTS; n++) {
        site.publish(n, n % 2 == 0 ? Finding.DEFINITE : Finding.NONE);
      }
      Map<String, String> first = new TreeMap<>();
      for (int round = 0; round < 3; round++) {
        ChildProcess deliverer = start(site, round);
        int before = archive.get("/instances").size();
        int enough = before + 7 + 2 * round;
        await("round " + round).until(() -> archive.get("/instances").size() >= enough);
        deliverer.kill();
        remember(archive, first);
      }
      ChildProcess deliverer = start(site, 9);
      await("all of them")
          .untilAsserted(() -> assertThat(archive.get("/instances")).hasSize(2 * RESULTS));
      Site.awaitUp(folder.resolve("deliver-9.log"));
      deliverer.signal("-TERM");
      assertThat(deliverer.await(Duration.ofMinutes(2))).isZero();
      assertThat(archive.get("/studies")).hasSize(RESULTS);
      // Each study has one of each: what was sent twice is the same object.
      for (int n = 0; n < RESULTS; n++) {
        assertThat(archive.modalities(Site.study(n))).containsExactly("OT", "SR");
      }
      Map<String, String> last = new TreeMap<>();
      remember(archive, last);
      assertThat(last).containsAllEntriesOf(first);
      assertThat(site.undelivered()).isEmpty();
    }
  }

  /** Digest of the attached file by SOP instance UID. */
  private static void remember(Orthanc archive, Map<String, String> digests) throws Exception {
    List<String> ids = new ArrayList<>();
    archive.get("/instances").forEach(each -> ids.add(each.asText()));
    for (String id : ids) {
      JsonNode tags = archive.get("/instances/" + id).get("MainDicomTags");
      byte[] md5 = archive.bytes("/instances/" + id + "/attachments/dicom/md5");
      digests.put(tags.get("SOPInstanceUID").asText(), new String(md5, StandardCharsets.US_ASCII));
    }
  }

  private ChildProcess start(Site site, int round) throws Exception {
    return ChildProcess.start(
        folder.resolve("deliver-" + round + ".log"),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "org.osteon.cli.Osteon",
        "deliver",
        "--config",
        site.write().toString());
  }
}
