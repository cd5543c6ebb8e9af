package org.osteon.image;

/**
 * What a DICOM header says of its image, no patient data among it. Each text is as in the header
 * without its padding, or empty.
 *
 * @param sopClassUid (0008,0016)
 * @param studyInstanceUid (0020,000D)
 * @param seriesInstanceUid (0020,000E)
 * @param sopInstanceUid (0008,0018)
 * @param modality (0008,0060)
 * @param bodyPart Body Part Examined (0018,0015)
 * @param laterality Image Laterality (0020,0062), else Laterality (0020,0060)
 * @param viewPosition (0018,5101)
 */
public record DicomFacts(
    String sopClassUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String sopInstanceUid,
    String modality,
    String bodyPart,
    String laterality,
    String viewPosition) {

  static DicomFacts of(DicomDataSet data) throws RejectedImageException {
    String ofImage = term(data, DicomTag.IMAGE_LATERALITY);
    return new DicomFacts(
        uid(data, DicomTag.SOP_CLASS_UID),
        uid(data, DicomTag.STUDY_INSTANCE_UID),
        uid(data, DicomTag.SERIES_INSTANCE_UID),
        uid(data, DicomTag.SOP_INSTANCE_UID),
        term(data, DicomTag.MODALITY),
        term(data, DicomTag.BODY_PART_EXAMINED),
        ofImage.isEmpty() ? term(data, DicomTag.LATERALITY) : ofImage,
        term(data, DicomTag.VIEW_POSITION));
  }

  /** Digits and dots, or nothing: whatever else stands there could be about a person. */
  private static String uid(DicomDataSet data, int tag) throws RejectedImageException {
    String text = data.text(tag);
    return text.matches("[0-9.]{1,64}") ? text : "";
  }

  /** A code string (PS3.5 section 6.2), or nothing. */
  private static String term(DicomDataSet data, int tag) throws RejectedImageException {
    String text = data.text(tag);
    return text.matches("[A-Z0-9 _]{1,16}") ? text : "";
  }
}
