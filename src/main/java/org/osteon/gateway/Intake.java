package org.osteon.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;
import org.osteon.event.DicomUid;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.ImageUpload;
import org.osteon.fetch.Reference;
import org.osteon.gateway.Answer.Kind;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.image.DicomFacts;
import org.osteon.image.dicom.DicomCopy;

/**
 * From an offer to an event that the brokers have acknowledged. The event's id is a pure function
 * of the instance and of the bytes that leave, so what is sent again is the same event.
 *
 * <p><b>Threading.</b> Any number of threads, each waits for its own acknowledgement.
 */
final class Intake {
  private static final int ID_DIGITS = 32;

  private final OutgoingImage.Terms terms;
  private final EventSink sink;
  private final @Nullable ImageUpload upload;
  private final long inlineMaxBytes;
  private final String facility;
  private final Waiting waiting;

  /**
   * How long, and who hears of the end.
   *
   * @param patience how long the brokers may take
   * @param heard told of each answer and of the nanoseconds that it took
   */
  record Waiting(Duration patience, ObjLongConsumer<Answer> heard) {}

  /**
   * @param upload where larger images go; null to send all inline
   * @param waiting for the brokers
   */
  Intake(
      OutgoingImage.Terms terms,
      EventSink sink,
      @Nullable ImageUpload upload,
      long inlineMaxBytes,
      String facility,
      Waiting waiting) {
    this.terms = terms;
    this.sink = sink;
    this.upload = upload;
    this.inlineMaxBytes = inlineMaxBytes;
    this.facility = facility;
    this.waiting = waiting;
  }

  /**
   * The same for a DICOM file of which nothing else is known.
   *
   * @param study that it must be of; empty for any
   * @param stat whether its sender says so
   */
  Answer takeDicom(byte[] file, String study, boolean stat) throws InterruptedException {
    IncomingImage.Facts facts = IncomingImage.Facts.ofDicom("", "", stat);
    try {
      DicomFacts found = DicomCopy.facts(file, terms.maxBytes());
      facts = IncomingImage.Facts.ofDicom(found.sopClassUid(), found.sopInstanceUid(), stat);
      if (!study.isEmpty() && !study.equals(found.studyInstanceUid())) {
        return refused(Answer.failed(Kind.MISMATCH, "an instance of another study", facts));
      }
      return take(new IncomingImage(file, facts));
    } catch (DicomCopy.UnreadableException e) {
      return refused(Answer.failed(Kind.NOT_UNDERSTOOD, String.valueOf(e.getMessage()), facts));
    }
  }

  private Answer refused(Answer answer) {
    waiting.heard.accept(answer, 0);
    return answer;
  }

  /** Returns when the brokers have it, or cannot have it. */
  Answer take(IncomingImage offer) throws InterruptedException {
    long began = System.nanoTime();
    Answer answer = answer(offer);
    waiting.heard.accept(answer, System.nanoTime() - began);
    return answer;
  }

  private Answer answer(IncomingImage offer) throws InterruptedException {
    OutgoingImage departure;
    try {
      departure = terms.of(offer);
    } catch (OutgoingImage.RefusedException e) {
      return Answer.failed(e.kind(), String.valueOf(e.getMessage()), offer.facts());
    }
    try {
      XRayEvent event = event(departure);
      long end = System.nanoTime() + waiting.patience.toNanos();
      keep(departure, event).get(waiting.patience.toNanos(), TimeUnit.NANOSECONDS);
      sink.publish(event).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return new Answer(
          Kind.STORED,
          "",
          event.getEventId(),
          event.getStudyInstanceUid(),
          offer.facts().sopClass(),
          offer.facts().sopInstance());
    } catch (IOException e) {
      String because = e.getClass().getSimpleName();
      return Answer.failed(Kind.AWAY, "the image store is away: " + because, offer.facts());
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String because = cause.getClass().getSimpleName();
      return Answer.failed(Kind.AWAY, "not acknowledged by Kafka: " + because, offer.facts());
    }
  }

  private Future<?> keep(OutgoingImage departure, XRayEvent event) {
    Original original = departure.original();
    if (original == null || original.studyUid().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return sink.keep(
        new IdentitySeal.Pseudonymous(
            event.getStudyInstanceUid(),
            String.valueOf(event.getSopInstanceUid()),
            event.getPatientPseudonym(),
            facility),
        original);
  }

  private XRayEvent event(OutgoingImage departure) throws IOException {
    byte[] file = departure.file();
    String digest = Sha256.of(file);
    IncomingImage.Facts facts = departure.facts();
    String instance =
        facts.sopInstance().isEmpty() ? DicomUid.of("instance:" + digest) : facts.sopInstance();
    String study = facts.study().isEmpty() ? DicomUid.of("study:" + digest) : facts.study();
    String id = Sha256.of((instance + "\n" + digest).getBytes(StandardCharsets.UTF_8));
    Object image = new InlineImage(ByteBuffer.wrap(file));
    if (upload != null && file.length > inlineMaxBytes) {
      Reference there = upload.put(file, departure.contentType());
      image = new ImageReference(there.uri(), there.length(), there.sha256());
    }
    XRayEvent.Builder event =
        XRayEvent.newBuilder()
            .setEventId(id.substring(0, ID_DIGITS))
            .setStudyInstanceUid(study)
            .setSeriesInstanceUid(said(facts.series()))
            .setSopInstanceUid(instance)
            .setAccessionNumber(said(departure.accession()))
            .setPatientPseudonym(said(departure.patient()))
            .setBodyPart(said(facts.bodyPart()))
            .setLaterality(said(facts.laterality()))
            .setViewPosition(said(facts.view()))
            .setFacility(facility)
            .setPriority(facts.stat() ? Priority.STAT : Priority.ROUTINE)
            .setPublishedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
            .setContentType(departure.contentType())
            .setImage(image);
    if (!facts.modality().isEmpty()) {
      event.setModality(facts.modality());
    }
    return event.build();
  }

  private static @Nullable String said(String text) {
    return text.isEmpty() ? null : text;
  }
}
