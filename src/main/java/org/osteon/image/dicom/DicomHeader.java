package org.osteon.image.dicom;

import java.util.ArrayList;
import java.util.List;
import org.osteon.image.DicomFacts;
import org.osteon.image.RejectedImageException;

/** Reads {@link DicomFacts} out of a data set. */
public final class DicomHeader {
  private DicomHeader() {}

  /** What the header says of its image; nothing where a text is not what its attribute allows. */
  public static DicomFacts facts(DicomDataSet data) throws RejectedImageException {
    String ofImage = term(data, DicomTag.IMAGE_LATERALITY);
    return new DicomFacts(
        uid(data, DicomTag.SOP_CLASS_UID),
        uid(data, DicomTag.STUDY_INSTANCE_UID),
        uid(data, DicomTag.SERIES_INSTANCE_UID),
        uid(data, DicomTag.SOP_INSTANCE_UID),
        term(data, DicomTag.MODALITY),
        term(data, DicomTag.BODY_PART_EXAMINED),
        ofImage.isEmpty() ? term(data, DicomTag.LATERALITY) : ofImage,
        term(data, DicomTag.VIEW_POSITION),
        requestedPriorities(data));
  }

  private static List<String> requestedPriorities(DicomDataSet data) throws RejectedImageException {
    List<String> priorities = new ArrayList<>();
    priorities.add(term(data, DicomTag.REQUESTED_PROCEDURE_PRIORITY));
    try {
      DicomDataSet request = data.firstItem(DicomTag.REQUEST_ATTRIBUTES_SEQUENCE);
      if (request != null) {
        priorities.add(term(request, DicomTag.REQUESTED_PROCEDURE_PRIORITY));
      }
    } catch (RejectedImageException brokenSequence) {
      // The pixels need nothing of it: no image is refused for a request that cannot be read.
    }
    priorities.removeIf(String::isEmpty);
    return List.copyOf(priorities);
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
