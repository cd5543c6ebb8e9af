package org.osteon.trial;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.process.ChildJvm;

/**
 * A process that does with an image what a replica does, so that it dies of it where a replica
 * would. Reads a length and a file, answers a byte, until its parent closes the pipe or dies.
 */
public final class TrialMain {
  /** The first byte: it can be asked. */
  static final int READY = 43;

  /** It is still alive, whatever the image was. */
  static final int ALIVE = 1;

  private TrialMain() {}

  /**
   * @param arguments folder of the version, precision, device, largest file in bytes, most pixels
   */
  public static void main(String[] arguments) throws IOException {
    OutputStream out = ChildJvm.takeOutput();
    ChildJvm.endWithParent();
    ImageDecoder decoder =
        ImageDecoders.standard(
            new ImageLimits(Long.parseLong(arguments[3]), Long.parseLong(arguments[4])));
    DjlEngine.configure(Cpus.single());
    try (DjlModel model =
            DjlModel.load(ModelVersion.read(Path.of(arguments[0])), arguments[2], arguments[1]);
        BatchPredictor predictor = model.predictor(1)) {
      out.write(READY);
      answerAll(decoder, model.inputSpec(), predictor, out);
    }
  }

  private static void answerAll(
      ImageDecoder decoder, InputSpec spec, BatchPredictor predictor, OutputStream out)
      throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    try {
      while (true) {
        byte[] file = new byte[in.readInt()];
        in.readFully(file);
        attempt(decoder, spec, predictor, file);
        out.write(ALIVE);
      }
    } catch (EOFException e) {
      // The parent needs no more.
    }
  }

  /** What ends only this image ends no replica either. */
  private static void attempt(
      ImageDecoder decoder, InputSpec spec, BatchPredictor predictor, byte[] file) {
    try {
      if (decoder.decode(file, spec) instanceof Decoding.Decoded decoded) {
        try (decoded) {
          ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes());
          decoded.writeTo(plane, spec);
          predictor.predict(plane.clear(), 1);
        }
      }
    } catch (RuntimeException | Error e) {
      System.err.println("A suspect failed without harm: " + e.getClass().getSimpleName());
    }
  }
}
