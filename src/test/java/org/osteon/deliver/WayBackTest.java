package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.osteon.deliver.DicomTargets.archive;
import static org.osteon.deliver.DicomTargets.target;
import static org.osteon.deliver.DicomTargets.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.keys.TopicKeys;
import org.osteon.gateway.Gateway;
import org.osteon.gateway.GatewayPublisher;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.server.Orthanc;

/** From a modality through gateway and service back into the archive's own study. */
@Tag("integration")
class WayBackTest {
  private static final String NAME = "INVENTED^IDA";

  @TempDir private Path folder;

  @Test
  void reportAndCaptureArriveInTheOriginalStudy() throws Exception {
    Orthanc.require();
    Dcmtk.require("storescu", "dciodvfy", "dsrdump", "dcmdump");
    try (Orthanc archive = archive(folder);
        Site site =
            new Site(
                folder,
                Map.of(
                    "gateway.dicom.port",
                    "0",
                    "gateway.key.file",
                    key().toString(),
                    "model.path",
                    ShippedModel.folder().toString(),
                    "inference.precision",
                    "f32",
                    "studies.settle.seconds",
                    "1"),
                target("pacs", archive.dicomPort(), "ORTHANC"))) {
      Path radiograph = radiograph(61);
      Dcmtk.store(archive.dicomPort(), Orthanc.TITLE, radiograph);
      JsonNode before = archive.study("2.25.261");
      try (GatewayPublisher publisher = new GatewayPublisher(site.settings, Map.of());
          Gateway gateway = Gateway.start(site.settings, publisher);
          OsteonService service = OsteonService.start(site.settings, Hooks.none());
          Deliverer deliverer = Deliverer.start(site.settings)) {
        assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", radiograph).said())
            .contains("(Success)");
        await("report and capture")
            .untilAsserted(
                () -> assertThat(archive.modalities("2.25.261")).containsExactly("DX", "OT", "SR"));
        assertThat(service.health().notAlive().isEmpty()).isTrue();
        assertThat(deliverer.notReady()).isEmpty();
        assertThat(site.undelivered()).isEmpty();
      }
      assertThat(archive.get("/studies")).hasSize(1);
      assertThat(archive.get("/patients")).hasSize(1);
      JsonNode after = archive.study("2.25.261");
      assertThat(after.get("MainDicomTags")).isEqualTo(before.get("MainDicomTags"));
      assertThat(after.get("PatientMainDicomTags")).isEqualTo(before.get("PatientMainDicomTags"));
      Path report = Files.write(folder.resolve("sr.dcm"), archive.files("2.25.261", "SR").get(0));
      assertThat(Dcmtk.run("dciodvfy", report.toString()).said()).doesNotContain("Error");
      assertThat(Dcmtk.run("dsrdump", "-Ei", "+Pl", report.toString()).said())
          .contains("INVENTED^IDA", "osteon-s", "research use only")
          .doesNotContainPattern("(?m)^[WE]:");
      assertThat(Dcmtk.run("dcmdump", report.toString()).said()).contains("2.25.1611");
      Path capture = Files.write(folder.resolve("sc.dcm"), archive.files("2.25.261", "OT").get(0));
      // The image was found in its event: the picture is taller than a page of words.
      String rows = Dcmtk.run("dcmdump", "+P", "Rows", capture.toString()).said();
      assertThat(Integer.parseInt(rows.replaceAll("(?s).*US (\\d+).*", "$1"))).isGreaterThan(400);
      for (String topic :
          List.of(
              site.settings.get(TopicKeys.EVENTS),
              site.settings.get(TopicKeys.RESULTS),
              site.settings.get(TopicKeys.STUDIES),
              site.settings.get(TopicKeys.ALERTS),
              site.settings.get(TopicKeys.IDENTITIES),
              site.settings.get(TopicKeys.UNDELIVERED))) {
        site.read(topic)
            .forEach(
                each ->
                    assertThat(text(each.key()) + text(each.value()))
                        .as(topic)
                        .doesNotContain("IDA", "774411", "2.25.161", "2.25.261", "2.25.361"));
      }
    }
  }

  private Path key() throws Exception {
    return Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
  }

  private Path radiograph(int seed) throws Exception {
    Map<Integer, String> person =
        Map.of(
            0x00100010, NAME,
            0x00100020, "MRN-774411",
            0x00100030, "19581123",
            0x00100040, "F",
            0x00080050, "ACC556677",
            0x00080020, "20261101",
            0x00180015, "WRIST");
    return Files.write(
        folder.resolve(seed + ".dcm"), DicomFiles.drawn(seed, Kind.FRACTURED, 600, 500, person));
  }
}
