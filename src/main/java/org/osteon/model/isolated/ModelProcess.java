package org.osteon.model.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.EngineProcess;

/**
 * A version in a process of its own, seen from outside. Whatever its graph does to the engine ends
 * that process, and a call that hangs has it ended; it is never started again.
 *
 * <p><b>Threading.</b> {@link #predictor} is for one thread; anything else is for any.
 */
public final class ModelProcess implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Without images, which lie in direct buffers. */
  private static final int HEAP_MB = 96;

  /** As many buffers of a batch may be there at once: asked, warmed, padded, one to spare. */
  private static final int BUFFERS = 4;

  private static final long MIB = 1 << 20;

  /** A crash is written down by the JVM before it ends. */
  private static final long END_SECONDS = 10;

  private final Watchdog watchdog = new Watchdog("osteon-candidate-clock");
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final ModelTerms terms;
  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private volatile boolean hung;
  private volatile boolean closed;
  private String precision = "";
  private String device = "";

  private ModelProcess(ModelTerms terms, Process process) {
    this.terms = terms;
    this.process = process;
    this.requests =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
  }

  /**
   * Starts one and waits until the version is loaded, held to its golden outputs and warm for each
   * batch size.
   *
   * @throws ModelRefusedException the version is refused there, or the process dies or hangs of it
   */
  public static ModelProcess start(ModelTerms terms) {
    long direct = 64 + BUFFERS * terms.batchBytes() / MIB;
    List<String> options =
        List.of("-XX:MaxDirectMemorySize=" + direct + "m", "-XX:+ExitOnOutOfMemoryError");
    ModelProcess started;
    try {
      ProcessBuilder builder =
          EngineProcess.of(ModelMain.class, HEAP_MB, options, terms.arguments());
      // Threads inside a call that wait for each other by spinning would take the CPUs of the
      // version that answers: within one process the engine sees that, between two it cannot.
      builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
      started = new ModelProcess(terms, builder.start());
    } catch (IOException e) {
      throw new ModelRefusedException(
          "Model version %s is refused: no process can be started for it (%s)."
              .formatted(terms.version().label(), e.getMessage()),
          e);
    }
    try {
      started.awaitReady();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void awaitReady() {
    ModelWire.First first;
    try (Watchdog.Guard guard = watchdog.watch(Deadline.in(terms.loading()), this::hang)) {
      first = ModelWire.first(answers);
    } catch (IOException e) {
      throw new ModelRefusedException(
          "Model version %s is refused: tried in a process of its own, %s."
              .formatted(
                  terms.version().label(),
                  hung
                      ? "it was not warm after %d s".formatted(terms.loading().toSeconds())
                      : end()),
          e);
    }
    if (!first.refusal().isEmpty()) {
      throw new ModelRefusedException(first.refusal());
    }
    precision = first.precision();
    device = first.device();
    process.onExit().thenRun(this::isLost);
  }

  private void isLost() {
    if (!closed) {
      lost.complete("Of %s, %s.".formatted(terms.version().label(), why()));
    }
  }

  public ModelVersion version() {
    return terms.version();
  }

  /** The variant that runs, e.g. {@code f32}. */
  public String precision() {
    return precision;
  }

  /** {@code cpu} or {@code gpu:N}. */
  public String deviceName() {
    return device;
  }

  /** Done, with one sentence, when the process has ended and was not closed. */
  public CompletableFuture<String> lost() {
    return lost;
  }

  /** Of the version; once the process has ended, each call throws {@link DeviceLostException}. */
  public BatchPredictor predictor() {
    return new Predictor();
  }

  private void hang() {
    hung = true;
    process.destroyForcibly();
  }

  /** Why it answers no more, as a clause. */
  private String why() {
    return hung
        ? "the process hung: a call had not returned after %d ms".formatted(terms.call().toMillis())
        : end();
  }

  /** How the process ended; one that does not though it is no longer to be asked is ended. */
  private String end() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return "the process ended with status " + process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the process ended";
    }
  }

  @Override
  public void close() {
    closed = true;
    watchdog.close();
    process.destroyForcibly();
  }

  /** Asks it, one call at a time. */
  private final class Predictor implements BatchPredictor {
    @Override
    public Answers predict(ByteBuffer planes, int count) {
      int planeBytes = version().manifest().inputSpec().planeBytes();
      int classes = version().manifest().classes().size();
      if (closed) {
        throw new DeviceLostException("it is asked no more.");
      }
      try (Watchdog.Guard guard =
          watchdog.watch(Deadline.in(terms.call()), ModelProcess.this::hang)) {
        ModelWire.request(requests, planes, count, count * planeBytes);
        return ModelWire.answer(answers, count, classes);
      } catch (IOException | RejectedExecutionException e) {
        throw new DeviceLostException(closed ? "it is asked no more." : why() + ".");
      }
    }

    @Override
    public void close() {
      // The process is not the predictor's.
    }
  }
}
