package org.osteon.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;

/**
 * From a sample to its plane, by the decoder that serves.
 *
 * <p><b>Threading.</b> Any number of threads; each has a buffer of one plane.
 */
public final class Planes {
  private final Path folder;
  private final ImageDecoder decoder;
  private final InputSpec spec;
  private final ThreadLocal<ByteBuffer> buffer;

  public Planes(Path folder, ImageDecoder decoder, InputSpec spec) {
    this.folder = folder;
    this.decoder = decoder;
    this.spec = spec;
    this.buffer = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(spec.planeBytes()));
  }

  /** A plane, or why there is none. */
  public sealed interface Plane {}

  /**
   * @param pixels {@code uint8 [H, W]}, rows after one another
   * @param info what the file is
   */
  @SuppressWarnings("ArrayRecordComponent") // made here and owned by the caller
  public record Readable(byte[] pixels, ImageInfo info) implements Plane {}

  /**
   * @param reason the stable reason, as in dead letters, or {@code MISSING_FILE}
   */
  public record Unreadable(String reason) implements Plane {}

  /** Reads or draws, and decodes. */
  public Plane of(Sample sample) {
    try {
      return of(bytes(sample));
    } catch (NoSuchFileException e) {
      return new Unreadable("MISSING_FILE");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file as it lies on the disk, or as it is drawn. */
  public byte[] bytes(Sample sample) throws IOException {
    return sample.source().equals(Sample.SYNTHETIC)
        ? DrawnSamples.draw(sample)
        : Files.readAllBytes(folder.resolve(sample.file()));
  }

  public Plane of(byte[] image) {
    Decoding decoding = decoder.decode(image, spec);
    if (decoding instanceof Decoding.Decoded decoded) {
      byte[] pixels = new byte[spec.planeBytes()];
      ByteBuffer slot = buffer.get().clear();
      try (decoded) {
        decoded.writeTo(slot, spec);
        slot.flip().get(pixels);
        return new Readable(pixels, decoded.info());
      }
    }
    return new Unreadable(((Decoding.Rejected) decoding).fault().name());
  }
}
