package org.osteon.deliver.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.dimse.PartTen;
import org.osteon.event.Finding;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.BrowserVisitor;
import org.osteon.testing.DicomFiles;

/** A capture in a viewer of another make (dwv) in a browser. */
@Tag("integration")
@Timeout(300)
class CaptureViewerTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @TempDir private Path folder;

  @Test
  void aViewerOfAnotherMakeShowsIt() throws Exception {
    BrowserVisitor.require();
    Delivery delivery =
        new Delivery(
            Deliveries.result("r1", Finding.DEFINITE, "2.25.71", "2.25.72", Deliveries.boxes()),
            Deliveries.original("1.2.3.4", "1.2.3.4.5", "1.2.3.4.5.6"),
            0);
    Pixels.Plane plane =
        Pixels.of(
                DicomFiles.drawn(5, Kind.FRACTURED, 300, 200),
                delivery.result().getImage(),
                ImageDecoders.standard(new ImageLimits(1 << 24, 1 << 24)))
            .orElseThrow();
    byte[] file =
        PartTen.file(
            ResultCapture.SOP_CLASS,
            ResultCapture.uid(delivery.result()),
            EXPLICIT,
            ResultCapture.of(delivery, plane).encoded(EXPLICIT));
    Path capture = Files.write(folder.resolve("capture.dcm"), file);
    String kept = System.getProperty("osteon.pictures");
    Path picture =
        kept == null ? folder.resolve("viewer.png") : Path.of(kept).resolve("viewer.png");
    JsonNode seen =
        BrowserVisitor.see("viewer.js", capture.toString(), picture.toAbsolutePath().toString());
    assertThat(seen.at("/said")).as("errors of the viewer").isEmpty();
    assertThat(seen.at("/study").asText()).isEqualTo("1.2.3.4");
    assertThat(seen.at("/colours").asInt()).as("colours that were drawn").isGreaterThan(50);
    assertThat(picture).isNotEmptyFile();
  }
}
