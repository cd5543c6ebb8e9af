package org.osteon.deliver.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.dimse.PartTen;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.Region;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;

/** Report and capture as somebody else's validators see them. */
class ResultObjectsTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final Path PIXELMED = Path.of("/usr/share/java/pixelmed.jar");

  @TempDir private Path folder;

  @Test
  void reportsAreValidForEachFindingWithAndWithoutBoxes() throws Exception {
    Dcmtk.require("dciodvfy", "dsrdump");
    for (Finding finding :
        new Finding[] {Finding.NONE, Finding.DOUBT, Finding.DEFINITE, Finding.CRITICAL}) {
      for (List<Region> regions : Stream.of(null, List.<Region>of(), Deliveries.boxes()).toList()) {
        Path file = report(finding, regions, EXPLICIT);
        assertThat(Dcmtk.run("dciodvfy", file.toString()).said())
            .as("%s %s", finding, regions)
            .contains("ComprehensiveSR")
            .doesNotContain("Error");
        Dcmtk.Ended read = Dcmtk.run("dsrdump", "-Ei", "+Pc", "+Pl", file.toString());
        assertThat(read.status()).as(read.said()).isZero();
        assertThat(read.said())
            .doesNotContainPattern("(?m)^[WE]:")
            .contains("osteon-s", "Preliminary");
        if (regions != null && !regions.isEmpty()) {
          assertThat(read.said()).contains("SCOORD", "60/60,");
        }
      }
    }
  }

  @Test
  void pixelMedFindsTheTemplateFilled() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(PIXELMED), "pixelmed is missing: apt-get install libpixelmed-java");
    Path file = report(Finding.DEFINITE, Deliveries.boxes(), EXPLICIT);
    Dcmtk.Ended ended =
        Dcmtk.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Djdk.xml.xpathExprOpLimit=0",
            "-Djdk.xml.xpathTotalOpLimit=0",
            "-Djdk.xml.xpathExprGrpLimit=0",
            "-cp",
            jars(),
            "com.pixelmed.validate.DicomSRValidator",
            file.toString());
    assertThat(ended.said())
        .contains("TID_1500", "IOD validation complete")
        .doesNotContain("Error", "Warning");
  }

  @Test
  void everySyntaxSaysTheSame() throws Exception {
    Dcmtk.require("dsrdump");
    String first = "";
    for (String syntax : DicomObject.SYNTAXES) {
      Path file = report(Finding.DEFINITE, Deliveries.boxes(), syntax);
      String said = Dcmtk.run("dsrdump", "-Ei", file.toString()).said();
      first = first.isEmpty() ? said : first;
      assertThat(said).as(syntax).isEqualTo(first).contains("SCOORD");
    }
  }

  @Test
  void theCaptureIsValidAndShowsTheImageBoxesAndTheDisclaimer() throws Exception {
    Dcmtk.require("dciodvfy", "dcmj2pnm");
    byte[] image = DicomFiles.drawn(5, Kind.FRACTURED, 300, 200);
    Delivery delivery = delivery(Finding.DEFINITE, Deliveries.boxes());
    Pixels.Plane plane =
        Pixels.of(
                image,
                delivery.result().getImage(),
                ImageDecoders.standard(new ImageLimits(1 << 24, 1 << 24)))
            .orElseThrow();
    for (Pixels.@Nullable Plane each : new Pixels.Plane[] {plane, null}) {
      byte[] dataSet = ResultCapture.of(delivery, each).encoded(EXPLICIT);
      assertThat(ResultCapture.of(delivery, each).encoded(EXPLICIT)).isEqualTo(dataSet);
      Path file =
          write(
              "capture",
              ResultCapture.SOP_CLASS,
              ResultCapture.uid(delivery.result()),
              dataSet,
              EXPLICIT);
      assertThat(Dcmtk.run("dciodvfy", file.toString()).said())
          .contains("SCImage")
          .doesNotContain("Error");
      File png = folder.resolve("capture.png").toFile();
      assertThat(Dcmtk.run("dcmj2pnm", "+on", file.toString(), png.toString()).status()).isZero();
      var picture = ImageIO.read(png);
      assertThat(picture.getWidth()).isEqualTo(640);
      if (each != null) {
        // The left box's left edge, in the picture that lies in the middle of 640 columns.
        assertThat(picture.getRGB(170 + 60 - 1, 90) & 0xFFFFFF).isEqualTo(0xF6B72D);
        String kept = System.getProperty("osteon.picture", "");
        if (!kept.isEmpty()) {
          ImageIO.write(picture, "png", new File(kept));
        }
      }
    }
  }

  private Path report(Finding finding, @Nullable List<Region> regions, String syntax)
      throws Exception {
    Delivery delivery = delivery(finding, regions);
    byte[] dataSet = ResultReport.of(delivery, ResultReport.COMPREHENSIVE).encoded(syntax);
    String uid = ResultReport.uid(delivery.result());
    return write("report", ResultReport.COMPREHENSIVE, uid, dataSet, syntax);
  }

  private Path write(String name, String sopClass, String uid, byte[] dataSet, String syntax)
      throws Exception {
    byte[] file = PartTen.file(sopClass, uid, syntax, dataSet);
    return Files.write(folder.resolve(name + ".dcm"), file);
  }

  private static Delivery delivery(Finding finding, @Nullable List<Region> regions) {
    ClassificationResult result =
        Deliveries.result("r1-" + finding, finding, "2.25.71", "2.25.72", regions);
    return new Delivery(result, Deliveries.original("1.2.3.4", "1.2.3.4.5", "1.2.3.4.5.6"), 0);
  }

  /** PixelMed and what Debian's package depends on. */
  private static String jars() throws Exception {
    try (Stream<Path> all = Files.list(PIXELMED.getParent())) {
      return String.join(
          ":", all.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList());
    }
  }
}
