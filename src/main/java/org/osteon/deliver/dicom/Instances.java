package org.osteon.deliver.dicom;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osteon.deliver.destination.Delivery;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DicomUid;
import org.osteon.identity.Original;

/** What both kinds of object have: patient, study, series, equipment and their own identity. */
final class Instances {
  static final String MAKER = "Osteon";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Instances() {}

  /**
   * @param kind of object, so that each kind has UIDs of its own
   * @param series its number
   */
  static DicomObject begin(Delivery delivery, String kind, String sopClass, String modality) {
    ClassificationResult result = delivery.result();
    Original original = delivery.original();
    Instant then = result.getProcessedAt();
    DicomObject object = new DicomObject();
    // Empty where it is unknown: these are of type 2 (PS3.3 sections C.7.1.1 and C.7.2.1).
    copied(object, original, Original.STUDY_DATE, "DA");
    copied(object, original, Original.STUDY_TIME, "TM");
    copied(object, original, Original.ACCESSION_NUMBER, "SH");
    copied(object, original, Original.REFERRING_PHYSICIAN, "PN");
    copied(object, original, Original.PATIENT_NAME, "PN");
    copied(object, original, Original.PATIENT_ID, "LO");
    copied(object, original, Original.BIRTH_DATE, "DA");
    copied(object, original, Original.SEX, "CS");
    copied(object, original, Original.STUDY_ID, "SH");
    for (int tag : new int[] {Original.CHARACTER_SET, Original.ISSUER_OF_PATIENT_ID}) {
      if (!original.of(tag).isEmpty()) {
        copied(object, original, tag, tag == Original.CHARACTER_SET ? "CS" : "LO");
      }
    }
    String model = result.getModel().getName() + " " + result.getModel().getVersion();
    return object
        .text(0x0008_0016, "UI", sopClass)
        .text(0x0008_0018, "UI", uid(result, kind))
        .text(0x0008_0012, "DA", DATE.format(then))
        .text(0x0008_0013, "TM", TIME.format(then))
        .text(0x0008_0023, "DA", DATE.format(then))
        .text(0x0008_0033, "TM", TIME.format(then))
        .text(0x0008_0201, "SH", "+0000")
        .text(0x0008_0060, "CS", modality)
        .text(0x0008_0070, "LO", MAKER)
        .text(0x0008_1090, "LO", cut(model, 64))
        .text(0x0018_1000, "LO", result.getModel().getSha256())
        .text(0x0018_1020, "LO", cut(result.getModel().getVersion(), 64))
        .text(0x0020_000D, "UI", original.studyUid())
        .text(0x0020_000E, "UI", series(original, result, kind))
        .text(0x0020_0013, "IS", number(original));
  }

  /** The same result is the same object, no matter who sends it and how often. */
  static String uid(ClassificationResult result, String kind) {
    return DicomUid.of(kind + ":" + result.getResultId());
  }

  /** One series for what one version says of a study. */
  private static String series(Original original, ClassificationResult result, String kind) {
    String model = result.getModel().getSha256();
    return DicomUid.of(kind + "-series:" + original.studyUid() + ":" + model);
  }

  /** An item that names an instance (PS3.3 table 10-11). */
  static DicomObject reference(String sopClass, String sopInstance) {
    return new DicomObject().text(0x0008_1150, "UI", sopClass).text(0x0008_1155, "UI", sopInstance);
  }

  static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  private static String number(Original original) {
    String number = original.of(Original.INSTANCE_NUMBER);
    return number.matches("[0-9]{1,10}") ? number : "1";
  }

  private static void copied(DicomObject object, Original original, int tag, String vr) {
    object.text(tag, vr, original.of(tag));
  }
}
