package org.osteon.image.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.process.ChildJvm;

/**
 * A decode process: reads requests, answers them, ends when its parent closes the pipe or dies. It
 * holds no credentials and, where the kernel allows, can open no connection and start no program
 * ({@link Confinement}).
 */
public final class DecoderMain {
  /** What it says once it can decode; anything else on the pipe is a failed start. */
  static final int READY = 42;

  private DecoderMain() {}

  /**
   * @param arguments largest file in bytes, most pixels, and MiB of address space beside the heap
   */
  public static void main(String[] arguments) throws IOException {
    // Libraries that print would print into an answer.
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    System.setOut(System.err);
    ChildJvm.endWithParent();
    ImageDecoder decoder =
        ImageDecoders.standard(
            new ImageLimits(Long.parseLong(arguments[0]), Long.parseLong(arguments[1])));
    ImageDecoders.preload();
    Confinement.apply(Long.parseLong(arguments[2]) << 20);
    out.writeByte(READY);
    out.flush();
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16));
    try {
      while (true) {
        answer(decoder, in, out);
      }
    } catch (EOFException e) {
      // The parent needs no more.
    }
  }

  private static void answer(ImageDecoder decoder, DataInputStream in, DataOutputStream out)
      throws IOException {
    InputSpec spec = Wire.spec(in);
    byte[] file = new byte[in.readInt()];
    in.readFully(file);
    Decoding decoding = decode(decoder, file, spec);
    if (decoding instanceof DecodedPlane decoded) {
      out.writeByte(Wire.DECODED);
      Wire.info(out, decoded.info());
      out.write(decoded.plane());
    } else {
      Wire.refused(out, (Decoding.Rejected) decoding);
    }
    out.flush();
  }

  /** A plane, or why there is none; whatever a decoder throws is about this file. */
  private static Decoding decode(ImageDecoder decoder, byte[] file, InputSpec spec) {
    try {
      Decoding decoding = decoder.decode(file, spec);
      if (!(decoding instanceof Decoding.Decoded decoded)) {
        return decoding;
      }
      try (decoded) {
        ByteBuffer slot = ByteBuffer.allocateDirect(spec.planeBytes());
        decoded.writeTo(slot, spec);
        byte[] plane = new byte[spec.planeBytes()];
        slot.flip().get(plane);
        return new DecodedPlane(decoded.info(), plane);
      }
    } catch (OutOfMemoryError e) {
      // The parent replaces this process: what such a heap left behind is not to be trusted.
      return new Decoding.Rejected(
          ImageFault.DECODE_TOO_LARGE, "Decoding it takes more memory than one image may.");
    } catch (RuntimeException | Error e) {
      return new Decoding.Rejected(
          ImageFault.DECODER_CRASHED, "The decoder failed: " + e.getClass().getSimpleName() + ".");
    }
  }
}
