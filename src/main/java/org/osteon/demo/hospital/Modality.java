package org.osteon.demo.hospital;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.osteon.client.OperationFailedException;
import org.osteon.deliver.dicom.DicomObject;
import org.osteon.dimse.Peer;
import org.osteon.dimse.StorageScu;
import org.osteon.dimse.StoreStatus;
import org.osteon.event.DicomUid;
import org.osteon.sandbox.Ports;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;

/** Draws radiographs of people who do not exist, and sends each by C-STORE to a storage service. */
final class Modality {
  /** Images of one study. */
  static final int VIEWS = 2;

  private static final String CLASS = "1.2.840.10008.5.1.4.1.1.1.1";
  private static final String SYNTAX = "1.2.840.10008.1.2.1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String run;
  private final long seed;

  /**
   * @param run names this run, so that two runs have no study in common
   * @param seed of the drawings
   */
  Modality(String run, long seed) {
    this.run = run;
    this.seed = seed;
  }

  /** The n-th study's own UID. */
  String study(int n) {
    return DicomUid.of("hospital:" + run + "/" + n);
  }

  /** Its order. */
  static String accession(int n) {
    return "DEMO%04d".formatted(n + 1);
  }

  /** Its patient, who does not exist. */
  static String patient(int n) {
    return "INVENTED^PATIENT %d".formatted(n + 1);
  }

  /**
   * Sends the images of all studies over one association.
   *
   * @param port of a storage service on this machine
   * @throws OperationFailedException one of them was not stored
   */
  void send(int port, String title, int studies) throws IOException {
    Peer peer = new Peer(Ports.LOOPBACK, port, title, "DEMO", PATIENCE, null);
    try (StorageScu scu = StorageScu.open(peer, Map.of(CLASS, List.of(SYNTAX)))) {
      for (int n = 0; n < studies * VIEWS; n++) {
        StoreStatus status = scu.store(CLASS, instance(n), SYNTAX, image(n).encoded(SYNTAX));
        if (!status.stored()) {
          throw new OperationFailedException(
              "%s does not store a radiograph (status %04X %s): this is a defect, please report it."
                  .formatted(title, status.code(), status.comment()));
        }
      }
    }
  }

  private String instance(int n) {
    return DicomUid.of("hospital:" + run + "/image/" + n);
  }

  private DicomObject image(int n) throws IOException {
    int study = n / VIEWS;
    Kind[] kinds = Kind.values();
    // Both views of a study show the same; half of them nothing, the others one or the other.
    Kind kind = study % 2 == 0 ? Kind.HEALTHY : kinds[1 + study / 2 % 2];
    Radiograph drawn = SyntheticRadiographs.draw(seed + n, kind);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn.jpeg()));
    return new DicomObject()
        .text(0x0008_0016, "UI", CLASS)
        .text(0x0008_0018, "UI", instance(n))
        .text(0x0008_0020, "DA", "20261128")
        .text(0x0008_0030, "TM", "101500")
        .text(0x0008_0050, "SH", accession(study))
        .text(0x0008_0060, "CS", "DX")
        .text(0x0008_0068, "CS", "FOR PRESENTATION")
        .text(0x0008_0070, "LO", "Osteon's demo")
        .text(0x0010_0010, "PN", patient(study))
        .text(0x0010_0020, "LO", "DEMO-%04d".formatted(study + 1))
        .text(0x0010_0030, "DA", "19700101")
        .text(0x0010_0040, "CS", "O")
        .text(0x0018_0015, "CS", drawn.bodyPart())
        .text(0x0018_5101, "CS", n % VIEWS == 0 ? "AP" : "LL")
        .text(0x0020_000D, "UI", study(study))
        .text(0x0020_000E, "UI", DicomUid.of("hospital:" + run + "/series/" + study))
        .text(0x0020_0010, "SH", Integer.toString(study + 1))
        .text(0x0020_0011, "IS", "1")
        .text(0x0020_0013, "IS", Integer.toString(n % VIEWS + 1))
        .number(0x0028_0002, 1)
        .text(0x0028_0004, "CS", "MONOCHROME2")
        .number(0x0028_0010, image.getHeight())
        .number(0x0028_0011, image.getWidth())
        .number(0x0028_0100, 8)
        .number(0x0028_0101, 8)
        .number(0x0028_0102, 7)
        .number(0x0028_0103, 0)
        .bytes(0x7FE0_0010, greys(image));
  }

  private static byte[] greys(BufferedImage image) {
    Raster raster = image.getRaster();
    byte[] greys = new byte[image.getWidth() * image.getHeight()];
    for (int i = 0; i < greys.length; i++) {
      greys[i] = (byte) raster.getSample(i % image.getWidth(), i / image.getWidth(), 0);
    }
    return greys;
  }
}
