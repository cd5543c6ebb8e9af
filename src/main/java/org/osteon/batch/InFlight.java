package org.osteon.batch;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.fetch.Reference;
import org.osteon.image.ImageInfo;

/**
 * One image between submission and outcome.
 *
 * <p><b>Threading.</b> Written by one thread after another: submitter, decoder, inference thread;
 * the queue between two of them publishes what the first wrote.
 */
final class InFlight {
  final long sequence;
  final Handling handling;
  final long submittedNanos;
  final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** Where it is to be fetched from; null where it came with its bytes. */
  final @Nullable Reference reference;

  /** Gone once decoded, so that an image waiting for the device costs a plane and no more. */
  @Nullable ByteBuffer bytes;

  @Nullable ImageInfo info;

  /** Empty until someone has worked it out. */
  String sha256 = "";

  long decodeStartNanos;
  long decodeEndNanos;
  int attempts;

  InFlight(
      long sequence,
      Handling handling,
      @Nullable ByteBuffer bytes,
      @Nullable Reference reference,
      long submittedNanos) {
    this.sequence = sequence;
    this.handling = handling;
    this.bytes = bytes;
    this.reference = reference;
    this.submittedNanos = submittedNanos;
  }

  /** STAT first, then in order of arrival. */
  static int byUrgency(InFlight a, InFlight b) {
    int byUrgency = a.handling.urgency().compareTo(b.handling.urgency());
    return byUrgency != 0 ? byUrgency : Long.compare(a.sequence, b.sequence);
  }
}
