package org.osteon.image;

import java.util.List;

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
 * @param requestedPriorities Requested Procedure Priority (0040,1003), of the data set and of the
 *     first item of Request Attributes Sequence (0040,0275), those that are said
 */
public record DicomFacts(
    String sopClassUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String sopInstanceUid,
    String modality,
    String bodyPart,
    String laterality,
    String viewPosition,
    List<String> requestedPriorities) {}
