package org.osteon.deliver.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.deliver.destination.Target;
import org.osteon.dimse.Commitment;
import org.osteon.dimse.Peer;
import org.osteon.dimse.RejectedException;
import org.osteon.dimse.StorageScu;
import org.osteon.dimse.StoreStatus;
import org.osteon.dimse.pdu.Uid;

/**
 * An archive that stores by C-STORE. Report and capture go over one association; both must be
 * stored, and kept where it is asked for that, and what is stored a second time is the same object.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class DicomTarget implements Target {
  /** What may be sent. */
  public enum Kind {
    /** The Structured Report. */
    REPORT,
    /** The Secondary Capture. */
    CAPTURE
  }

  /** Where the pixels of captures come from. */
  @FunctionalInterface
  public interface Pictures {
    /** The image of that delivery; null where it is out of reach. */
    Pixels.@Nullable Plane of(Delivery delivery) throws InterruptedException;
  }

  private final Peer peer;
  private final Set<Kind> kinds;
  private final Pictures pictures;
  private final @Nullable Committing committing;

  /**
   * @param committing null where the archive is believed that it stores; closed here
   */
  public DicomTarget(
      Peer peer, Set<Kind> kinds, Pictures pictures, @Nullable Committing committing) {
    this.committing = committing;
    this.peer = peer;
    this.kinds = Set.copyOf(kinds);
    this.pictures = pictures;
  }

  @Override
  public Outcome send(Delivery delivery) throws InterruptedException {
    if (delivery.original().studyUid().isEmpty()) {
      return new Outcome.Refused(Reasons.NO_IDENTITY, "The result names no study.");
    }
    Pixels.Plane plane = kinds.contains(Kind.CAPTURE) ? pictures.of(delivery) : null;
    try (StorageScu scu = StorageScu.open(peer, wanted())) {
      List<String> notTaken = new ArrayList<>();
      Map<String, String> stored = new LinkedHashMap<>();
      for (Kind kind : List.of(Kind.CAPTURE, Kind.REPORT)) {
        if (!kinds.contains(kind)) {
          continue;
        }
        String sopClass = taken(scu, classes(kind));
        if (sopClass == null) {
          notTaken.add(kind.name());
          continue;
        }
        Outcome outcome = store(scu, delivery, kind, sopClass, plane);
        if (!(outcome instanceof Outcome.Delivered)) {
          return outcome;
        }
        stored.put(uid(kind, delivery), sopClass);
      }
      if (!notTaken.isEmpty()) {
        return new Outcome.Refused(
            Reasons.NOT_NEGOTIATED,
            "It takes no " + String.join(" and no ", notTaken) + " in any syntax that we write.");
      }
      return committing == null ? new Outcome.Delivered() : committing.ask(scu, stored);
    } catch (RejectedException e) {
      // Whichever way: nothing of this message is wrong, and nothing is lost by waiting.
      return new Outcome.Away(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Away(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (committing != null) {
      committing.close();
    }
  }

  private static String uid(Kind kind, Delivery delivery) {
    return kind == Kind.REPORT
        ? ResultReport.uid(delivery.result())
        : ResultCapture.uid(delivery.result());
  }

  private Outcome store(
      StorageScu scu, Delivery delivery, Kind kind, String sopClass, Pixels.@Nullable Plane plane)
      throws IOException {
    String syntax = scu.syntaxes(sopClass).get(0);
    DicomObject object =
        kind == Kind.REPORT
            ? ResultReport.of(delivery, sopClass)
            : ResultCapture.of(delivery, plane);
    StoreStatus status = scu.store(sopClass, uid(kind, delivery), syntax, object.encoded(syntax));
    if (status.storedOrNearly()) {
      return new Outcome.Delivered();
    }
    String words = "%s: status %04X %s".formatted(kind, status.code(), status.comment()).trim();
    if (status.forTheMoment()) {
      return new Outcome.Away(words);
    }
    return status.code() == StoreStatus.PROCESSING_FAILURE
        ? new Outcome.NotNow(words)
        : new Outcome.Refused(Reasons.REFUSED, words);
  }

  private static @Nullable String taken(StorageScu scu, List<String> classes) {
    return classes.stream().filter(each -> !scu.syntaxes(each).isEmpty()).findFirst().orElse(null);
  }

  private Map<String, List<String>> wanted() {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    kinds.forEach(kind -> classes(kind).forEach(each -> wanted.put(each, DicomObject.SYNTAXES)));
    if (committing != null) {
      wanted.put(Commitment.SOP_CLASS, List.of(Uid.IMPLICIT_LITTLE_ENDIAN));
    }
    return wanted;
  }

  private static List<String> classes(Kind kind) {
    return kind == Kind.REPORT
        ? List.of(ResultReport.COMPREHENSIVE, ResultReport.COMPREHENSIVE_3D)
        : List.of(ResultCapture.SOP_CLASS);
  }
}
