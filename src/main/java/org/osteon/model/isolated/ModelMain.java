package org.osteon.model.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.model.engine.VariantChoice;
import org.osteon.process.ChildJvm;
import org.osteon.process.OwnLimits;

/**
 * The process of one version: loads it as a replica does, golden outputs and warm-up of each batch
 * size included, then answers batches until its parent closes the pipe or dies. See {@link
 * ModelWire}.
 */
public final class ModelMain {
  private static final int BUFFER = 1 << 16;
  private static final long MIB = 1 << 20;

  private ModelMain() {}

  /**
   * @param arguments as {@link ModelTerms#arguments} says
   */
  public static void main(String[] arguments) throws IOException {
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(ChildJvm.takeOutput(), BUFFER));
    ChildJvm.endWithParent();
    OwnLimits.killedFirst();
    try (Warm warm = load(arguments, out)) {
      if (warm != null) {
        ModelWire.ready(out, warm.model.precision(), warm.model.deviceName());
        answerAll(warm, out);
      }
    }
  }

  /** A version that can be asked, with a predictor of the thread that made it. */
  private record Warm(ModelTerms terms, DjlModel model, BatchPredictor predictor)
      implements AutoCloseable {
    @Override
    public void close() {
      predictor.close();
      model.close();
    }
  }

  /**
   * @return null where it is refused, which was said
   */
  private static @Nullable Warm load(String[] arguments, DataOutputStream out) throws IOException {
    try {
      ModelTerms terms = ModelTerms.of(arguments);
      ModelTerms.Choice choice = terms.choice();
      DjlEngine.configure(Cpus.single().calling(1, terms.intraOpThreads()));
      if (!DjlEngine.usesGpu(choice.device())) {
        // A GPU's driver maps what it likes.
        OwnLimits.memory(terms.memoryMb() * MIB);
      }
      DjlModel model =
          VariantChoice.load(
              terms.version(), choice.device(), choice.precision(), choice.batchSize());
      return new Warm(terms, model, model.predictor(terms.maxSize(), terms.intraOpThreads()));
    } catch (ModelRefusedException e) {
      ModelWire.refused(out, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      ModelWire.refused(
          out, "Model version %s is refused: %s.".formatted(arguments[0], firstLine(e)));
    }
    return null;
  }

  private static void answerAll(Warm warm, DataOutputStream out) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    int planeBytes = warm.model.inputSpec().planeBytes();
    ByteBuffer planes = ByteBuffer.allocateDirect(warm.terms.maxSize() * planeBytes);
    try {
      while (true) {
        int count = in.readInt();
        ModelWire.planes(in, planes, count * planeBytes);
        answer(warm.predictor, planes, count, out);
      }
    } catch (EOFException e) {
      // The parent needs no more.
    }
  }

  private static void answer(
      BatchPredictor predictor, ByteBuffer planes, int count, DataOutputStream out)
      throws IOException {
    BatchPredictor.Answers answers;
    try {
      answers = predictor.predict(planes, count);
    } catch (RuntimeException e) {
      ModelWire.failed(out, e);
      return;
    }
    ModelWire.answered(out, answers);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not load");
  }
}
