package org.osteon.topology.classify;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.image.DicomImage;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending.Ending.Piped;

/**
 * What is taken for a radiograph, and what becomes of the rest. The event's word and the DICOM
 * header's must both be among them: an event that says nothing says DX, whatever its image is.
 *
 * @param radiographs values of Modality (0008,0060)
 * @param deadLetters whether others become dead letters; else a person decides
 */
public record ModalityPolicy(Set<String> radiographs, boolean deadLetters) {
  /** Reason of a dead letter, and of a referral. */
  static final String REASON = "UNSUPPORTED_MODALITY";

  /** What an event has that says nothing of it. */
  static final String DEFAULT = "DX";

  /** The modality that is none of the radiographs', or null where there is none. */
  @Nullable String foreign(EventFacts event, Classified outcome) {
    DicomImage dicom = outcome.image().dicom();
    String found = dicom == null ? "" : dicom.facts().modality();
    if (!found.isEmpty() && !radiographs.contains(found)) {
      return found;
    }
    return radiographs.contains(event.modality()) ? null : event.modality();
  }

  /** How it ended, or the failure that others are where they become dead letters. */
  Piped judge(EventFacts event, Piped ended) {
    if (!deadLetters || !(ended.outcome() instanceof Classified classified)) {
      return ended;
    }
    String foreign = foreign(event, classified);
    return foreign == null
        ? ended
        : new Piped(
            new Failed(
                FailedStage.DECODE,
                REASON,
                "The modality is none of those that `modalities` names as radiographs.",
                1));
  }
}
