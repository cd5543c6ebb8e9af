package org.osteon.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.PartTen;
import org.osteon.gateway.Answer.Kind;
import org.osteon.identity.Original;
import org.osteon.image.DicomFacts;
import org.osteon.image.dicom.DicomCopy;
import org.osteon.image.dicom.frame.FrameRewrite;
import org.osteon.image.format.ImageFormats;
import org.osteon.image.format.MetadataFree;

/**
 * What leaves of an offer: the file without the patient's identity, and what is said beside it.
 *
 * @param file as it leaves
 * @param contentType its media type
 * @param facts as they leave
 * @param patient pseudonym, or empty
 * @param accession pseudonym, or empty
 * @param original what the pseudonyms stand for; null where everything left as it came
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not kept
record OutgoingImage(
    byte[] file,
    String contentType,
    IncomingImage.Facts facts,
    String patient,
    String accession,
    @Nullable Original original) {

  /** An offer that nothing can be made of. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    RefusedException(Kind kind, String message) {
      super(message, null, false, false);
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }
  }

  /**
   * How things leave.
   *
   * @param maxBytes {@code image.max.bytes}
   * @param maxPixels {@code image.max.pixels}
   * @param pseudonyms null where everything leaves as it came
   * @param hashUids whether UIDs are replaced
   */
  record Terms(
      AttributeTable table,
      @Nullable Pseudonyms pseudonyms,
      boolean hashUids,
      long maxBytes,
      long maxPixels) {

    OutgoingImage of(IncomingImage offer) throws RefusedException {
      if (offer.file().length > maxBytes) {
        throw new RefusedException(Kind.NOT_UNDERSTOOD, "larger than image.max.bytes");
      }
      return DicomCopy.recognises(offer.file()) ? dicom(offer) : plain(offer);
    }

    private OutgoingImage dicom(IncomingImage offer) throws RefusedException {
      try {
        DicomFacts came = DicomCopy.facts(offer.file(), maxBytes);
        confirm(offer.facts().sopClass(), came.sopClassUid(), "SOP Class UID");
        confirm(offer.facts().sopInstance(), came.sopInstanceUid(), "SOP Instance UID");
        Pseudonyms key = pseudonyms;
        // Of what came: the request does not leave, its urgency does.
        boolean stat = offer.facts().stat() || Urgency.isStat(came.requestedPriorities());
        if (key == null) {
          return new OutgoingImage(
              offer.file(), "application/dicom", facts(came, stat), "", "", null);
        }
        Deidentification cleaning = new Deidentification(table, key, hashUids);
        DicomCopy.Copied copy =
            DicomCopy.of(offer.file(), maxBytes, cleaning, new FrameRewrite(maxPixels));
        String instance = uid(came.sopInstanceUid());
        byte[] file =
            PartTen.file(came.sopClassUid(), instance, copy.transferSyntax(), copy.dataSet());
        IncomingImage.Facts left = facts(DicomCopy.facts(file, maxBytes), stat);
        Original original =
            new Original(
                came.studyInstanceUid(),
                came.seriesInstanceUid(),
                came.sopInstanceUid(),
                came.sopClassUid(),
                cleaning.original());
        return new OutgoingImage(
            file, "application/dicom", left, cleaning.patient(), cleaning.accession(), original);
      } catch (DicomCopy.UnreadableException e) {
        throw new RefusedException(Kind.NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
      }
    }

    private OutgoingImage plain(IncomingImage offer) throws RefusedException {
      try {
        byte[] picture = MetadataFree.of(offer.file(), maxPixels);
        if (picture == null) {
          throw new RefusedException(Kind.NOT_UNDERSTOOD, "neither DICOM nor JPEG nor PNG");
        }
        IncomingImage.Facts f = offer.facts();
        String type = ImageFormats.STANDARD.mediaType(picture).orElseThrow();
        IncomingImage.Facts left =
            new IncomingImage.Facts(
                "",
                uid(f.sopInstance()),
                uid(f.study()),
                uid(f.series()),
                f.modality(),
                f.bodyPart(),
                f.laterality(),
                f.view(),
                f.stat());
        if (pseudonyms == null) {
          return new OutgoingImage(offer.file(), type, left, "", "", null);
        }
        Original original = new Original(f.study(), f.series(), f.sopInstance(), "", Map.of());
        return new OutgoingImage(picture, type, left, "", "", original);
      } catch (MetadataFree.UnreadableException e) {
        throw new RefusedException(Kind.NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
      }
    }

    private String uid(String uid) {
      return pseudonyms == null || !hashUids ? uid : pseudonyms.uid(uid);
    }

    private static void confirm(String said, String found, String what) throws RefusedException {
      if (found.isEmpty() || (!said.isEmpty() && !said.equals(found))) {
        throw new RefusedException(Kind.MISMATCH, "no or another " + what + " in the data set");
      }
    }

    private static IncomingImage.Facts facts(DicomFacts found, boolean stat) {
      return new IncomingImage.Facts(
          found.sopClassUid(),
          found.sopInstanceUid(),
          found.studyInstanceUid(),
          found.seriesInstanceUid(),
          found.modality(),
          found.bodyPart(),
          found.laterality(),
          found.viewPosition(),
          stat);
    }
  }
}
