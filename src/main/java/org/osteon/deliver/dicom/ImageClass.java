package org.osteon.deliver.dicom;

import org.osteon.deliver.destination.Delivery;

/** SOP classes of the images that results are about. */
final class ImageClass {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private ImageClass() {}

  /** The image's own, or, where it was not kept, what its modality usually makes. */
  static String of(Delivery delivery) {
    String known = delivery.original().sopClass();
    String modality = delivery.result().getModality();
    if (!known.isEmpty()) {
      return known;
    }
    return STORAGE
        + switch (modality == null ? "DX" : modality) {
          case "CR" -> "1";
          case "RF" -> "12.2";
          case "OT", "SC" -> "7";
          default -> "1.1";
        };
  }
}
