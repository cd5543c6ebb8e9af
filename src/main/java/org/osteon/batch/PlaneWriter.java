package org.osteon.batch;

import java.nio.ByteBuffer;
import org.osteon.batch.contract.DecodedView;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.image.Decoding;
import org.osteon.image.InputSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was decoded into a slot, which it claims only now, and shows it to those who look on.
 *
 * <p><b>Threading.</b> Any number of decode threads at once.
 */
final class PlaneWriter {
  private static final Logger LOG = LoggerFactory.getLogger(PlaneWriter.class);

  private final InputSpec spec;
  private final Assembler assembler;
  private final Undecoded undecoded;
  private final PipelineListener listener;

  /**
   * @param spec of the planes
   */
  PlaneWriter(InputSpec spec, Assembler assembler, Undecoded undecoded, PipelineListener listener) {
    this.spec = spec;
    this.assembler = assembler;
    this.undecoded = undecoded;
    this.listener = listener;
  }

  /** The planes that are wanted. */
  InputSpec spec() {
    return spec;
  }

  /**
   * Writes the plane, and closes what was decoded.
   *
   * @param file of the image
   */
  void write(InFlight image, byte[] file, Decoding.Decoded decoded) throws InterruptedException {
    try (decoded) {
      image.info = decoded.info();
      // Listeners hear of it before the slot is claimed: once it is finished, the batch may be
      // gone.
      listener.decoded();
      Assembler.Slot slot = assembler.claim(image);
      boolean written = false;
      try {
        ByteBuffer plane = slot.batch().planes(slot.row(), slot.row() + 1);
        ByteBuffer look = plane.asReadOnlyBuffer();
        decoded.writeTo(plane, spec);
        if (!image.handling.suspect()) {
          // What may have ended replicas is not shown: it might end this one there.
          show(new DecodedView(file, image.sha256, decoded.info(), look, image.outcome));
        }
        image.handling.handOver(file);
        written = true;
      } finally {
        image.decodeEndNanos = System.nanoTime();
        if (written) {
          undecoded.joined();
        }
        assembler.finish(slot, !written);
      }
    }
  }

  /** Who looks on changes nothing, not even by failing. */
  private void show(DecodedView view) {
    try {
      listener.seen(view);
    } catch (RuntimeException e) {
      LOG.warn("Someone who looks on failed", e);
    }
  }
}
