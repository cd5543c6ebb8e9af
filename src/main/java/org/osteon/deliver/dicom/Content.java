package org.osteon.deliver.dicom;

import java.util.List;
import java.util.Locale;
import org.osteon.deliver.terms.Code;

/** Content items of a Structured Report (PS3.3 section C.17.3). */
final class Content {
  private static final int RELATIONSHIP = 0x0040_A010;
  private static final int VALUE_TYPE = 0x0040_A040;
  private static final int CONCEPT_NAME = 0x0040_A043;
  private static final int CONTENT = 0x0040_A730;

  private Content() {}

  /** The root, or a container within one. */
  static DicomObject container(DicomObject item, Code name, List<DicomObject> content) {
    return item.text(VALUE_TYPE, "CS", "CONTAINER")
        .sequence(CONCEPT_NAME, CodeItem.of(name))
        .text(0x0040_A050, "CS", "SEPARATE")
        .sequence(CONTENT, content);
  }

  /** A container of the content. */
  static DicomObject container(Code name, List<DicomObject> content) {
    return container(related("CONTAINS"), name, content);
  }

  /** The same by a template of PS3.16. */
  static DicomObject container(Code name, String template, List<DicomObject> content) {
    return container(name, content).sequence(0x0040_A504, template(template));
  }

  static DicomObject template(String identifier) {
    return new DicomObject().text(0x0008_0105, "CS", "DCMR").text(0x0040_DB00, "CS", identifier);
  }

  static DicomObject code(String relationship, Code name, Code value, DicomObject... content) {
    DicomObject item = named(relationship, "CODE", name).sequence(0x0040_A168, CodeItem.of(value));
    return content.length == 0 ? item : item.sequence(CONTENT, content);
  }

  static DicomObject text(String relationship, Code name, String value) {
    return named(relationship, "TEXT", name).text(0x0040_A160, "UT", value);
  }

  static DicomObject uid(String relationship, Code name, String value) {
    return named(relationship, "UIDREF", name).text(0x0040_A124, "UI", value);
  }

  /** A share of 0 to 1 as a number of percents. */
  static DicomObject share(Code name, double share, List<DicomObject> content) {
    DicomObject measured =
        new DicomObject()
            .sequence(0x0040_08EA, CodeItem.of(Code.PERCENT))
            .text(0x0040_A30A, "DS", String.format(Locale.ROOT, "%.2f", 100 * share));
    DicomObject item = named("CONTAINS", "NUM", name).sequence(0x0040_A300, measured);
    return content.isEmpty() ? item : item.sequence(CONTENT, content);
  }

  /** An image, by its class and UID. */
  static DicomObject image(DicomObject item, String sopClass, String sopInstance) {
    return item.text(VALUE_TYPE, "CS", "IMAGE")
        .sequence(0x0008_1199, Instances.reference(sopClass, sopInstance));
  }

  /**
   * A box in an image, closed, in its pixels from the upper left corner's upper left edge on (PS3.3
   * section C.18.6.1.1).
   */
  static DicomObject box(Code name, float[] corners, DicomObject image) {
    float x0 = corners[0];
    float y0 = corners[1];
    float x1 = corners[2];
    float y1 = corners[3];
    return named("CONTAINS", "SCOORD", name)
        .floats(0x0070_0022, x0, y0, x1, y0, x1, y1, x0, y1, x0, y0)
        .text(0x0070_0023, "CS", "POLYLINE")
        .sequence(CONTENT, image);
  }

  static DicomObject related(String relationship) {
    return new DicomObject().text(RELATIONSHIP, "CS", relationship);
  }

  static DicomObject named(String relationship, String type, Code name) {
    return related(relationship)
        .text(VALUE_TYPE, "CS", type)
        .sequence(CONCEPT_NAME, CodeItem.of(name));
  }
}
