package org.osteon.deliver.dicom;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.terms.Code;
import org.osteon.event.ClassificationResult;

/** A result as a picture that every viewer shows: Secondary Capture, RGB. */
public final class ResultCapture {
  /** Secondary Capture Image Storage. */
  public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7";

  static final String KIND = "sc";

  private ResultCapture() {}

  /** UID of the capture of that result. */
  public static String uid(ClassificationResult result) {
    return Instances.uid(result, KIND);
  }

  /**
   * @param plane the image; null where its pixels are out of reach
   */
  public static DicomObject of(Delivery delivery, Pixels.@Nullable Plane plane) {
    BufferedImage picture = CapturePicture.of(delivery, plane);
    DicomObject source =
        Instances.reference(ImageClass.of(delivery), delivery.original().instanceUid())
            .sequence(
                0x0040_A170,
                CodeItem.of(Code.dcm("121322", "Source image for image processing operation")));
    DicomObject object =
        Instances.begin(delivery, KIND, SOP_CLASS, "OT")
            .text(0x0008_0008, "CS", "DERIVED\\SECONDARY")
            .text(0x0008_0064, "CS", "WSD")
            .text(0x0008_103E, "LO", "Osteon: findings, preliminary")
            .text(0x0008_2111, "ST", Delivery.DISCLAIMER)
            .text(0x0020_0011, "IS", "9702")
            .text(0x0020_0020, "CS", "")
            .text(0x0020_0060, "CS", side(delivery.result()))
            .number(0x0028_0002, 3)
            .text(0x0028_0004, "CS", "RGB")
            .number(0x0028_0006, 0)
            .number(0x0028_0010, picture.getHeight())
            .number(0x0028_0011, picture.getWidth())
            .number(0x0028_0100, 8)
            .number(0x0028_0101, 8)
            .number(0x0028_0102, 7)
            .number(0x0028_0103, 0)
            .text(0x0028_0301, "CS", "NO")
            .bytes(0x7FE0_0010, pixels(picture));
    if (!delivery.original().instanceUid().isEmpty()) {
      object.sequence(0x0008_2112, source);
    }
    return object;
  }

  /** Laterality, empty where it is none of the two that the attribute allows. */
  private static String side(ClassificationResult result) {
    String side = result.getLaterality();
    return side != null && side.matches("[LR]") ? side : "";
  }

  private static byte[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    int[] row = new int[width];
    byte[] pixels = new byte[3 * width * picture.getHeight()];
    int at = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        pixels[at++] = (byte) (pixel >> 16);
        pixels[at++] = (byte) (pixel >> 8);
        pixels[at++] = (byte) pixel;
      }
    }
    return pixels;
  }
}
