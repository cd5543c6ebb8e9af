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
    String viewPosition) {}
