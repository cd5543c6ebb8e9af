package org.osteon.image.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osteon.image.Decoding;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.process.ChildJvm;

/**
 * One decode process, seen from outside.
 *
 * <p><b>Threading.</b> One thread at a time.
 */
final class DecoderProcess implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final List<String> OPTIONS =
      List.of(
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.nopointergc=true");

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final IsolationTerms terms;
  private final ScheduledExecutorService clock;
  private volatile boolean ended;

  private DecoderProcess(Process process, IsolationTerms terms, ScheduledExecutorService clock) {
    this.process = process;
    this.requests =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
    this.terms = terms;
    this.clock = clock;
  }

  /**
   * Starts one and waits until it can decode.
   *
   * @param clock kills it when an image takes too long
   * @throws IOException it cannot be started
   */
  static DecoderProcess start(IsolationTerms terms, ScheduledExecutorService clock)
      throws IOException {
    ProcessBuilder builder =
        ChildJvm.of(
            DecoderMain.class,
            terms.heapMb(),
            OPTIONS,
            List.of(
                Long.toString(terms.limits().maxBytes()),
                Long.toString(terms.limits().maxPixels()),
                Integer.toString(terms.nativeMb())),
            name -> false);
    DecoderProcess started = new DecoderProcess(builder.start(), terms, clock);
    int said;
    try {
      said = started.answers.read();
    } catch (IOException e) {
      started.close();
      throw e;
    }
    if (said != DecoderMain.READY) {
      started.close();
      throw new IOException("it ended before it could decode, or said " + said);
    }
    return started;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Whether it can be asked again; one that was told to end is not, though it may take a moment.
   */
  boolean isAlive() {
    return !ended && process.isAlive();
  }

  /**
   * Has one image decoded. After {@link ImageFault#DECODER_CRASHED} and {@link
   * ImageFault#DECODE_TIMEOUT} the process has ended, which {@link #isAlive} tells.
   */
  Decoding decode(byte[] file, InputSpec spec) {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> deadline =
        clock.schedule(
            () -> {
              late.set(true);
              // Also where the answer has just come: the process must not be asked again.
              close();
            },
            terms.patience().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Wire.request(requests, file, spec);
      return answer(spec);
    } catch (IOException e) {
      close();
      return late.get()
          ? new Decoding.Rejected(
              ImageFault.DECODE_TIMEOUT,
              "Decoding it took longer than the %d ms that one image may take."
                  .formatted(terms.patience().toMillis()))
          : new Decoding.Rejected(
              ImageFault.DECODER_CRASHED,
              "The decoder's process ended at it with status %d.".formatted(exitStatus()));
    } finally {
      deadline.cancel(false);
    }
  }

  private Decoding answer(InputSpec spec) throws IOException {
    int kind = answers.readUnsignedByte();
    if (kind == Wire.REFUSED) {
      Decoding.Rejected refusal = Wire.refused(answers);
      if (refusal.fault() == ImageFault.DECODE_TOO_LARGE) {
        // It may have ended of it; a new one costs half a second, a half-dead one more.
        close();
      }
      return refusal;
    }
    if (kind != Wire.DECODED) {
      throw new IOException("An answer begins with 0 or 1, not " + kind);
    }
    ImageInfo info = Wire.info(answers);
    byte[] plane = new byte[spec.planeBytes()];
    answers.readFully(plane);
    return new DecodedPlane(info, plane);
  }

  private int exitStatus() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() {
    ended = true;
    process.destroyForcibly();
  }
}
