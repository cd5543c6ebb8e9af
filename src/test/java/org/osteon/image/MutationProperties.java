package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.javacpp.Pointer;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** Whatever is done to a file, the answer is a plane or a reason. */
class MutationProperties {
  private static final ImageLimits LIMITS = new ImageLimits(2_000_000, 2_000_000);
  private static final ImageDecoder DECODER = ImageDecoders.standard(LIMITS);
  private static final InputSpec SPEC = new InputSpec(96, 96, InputSpec.Resize.LETTERBOX);

  /** 8 bytes a pixel for the deepest format, as much again for its grey, and slack for the heap. */
  private static final long BUDGET = 2 * 8 * LIMITS.maxPixels() + 300_000_000;

  private static final List<byte[]> FILES = files();
  private static final ByteBuffer SLOT = ByteBuffer.allocateDirect(SPEC.planeBytes());
  private static long before = -1;

  @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
  void aMutatedFileGivesAPlaneOrAReason(
      @ForAll @IntRange(max = 10_000) int which,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int times) {
    byte[] file = FILES.get(which % FILES.size());
    Random random = new Random(seed);
    for (int i = 0; i < times; i++) {
      file = Mutations.of(file, random);
    }
    if (before < 0) {
      before = Pointer.physicalBytes();
    }

    Decoding decoding = DECODER.decode(file, SPEC);

    if (decoding instanceof Decoding.Decoded decoded) {
      try (decoded) {
        decoded.writeTo(SLOT.clear(), SPEC);
        assertThat(SLOT.hasRemaining()).isFalse();
        long pixels = (long) decoded.info().width() * decoded.info().height();
        assertThat(pixels).isBetween(1L, LIMITS.maxPixels());
      }
    } else {
      assertThat(((Decoding.Rejected) decoding).message()).isNotBlank();
    }
    assertThat(Pointer.physicalBytes() - before).as("bytes of the process").isLessThan(BUDGET);
  }

  /** One of each format, drawn, and some real ones where they are. */
  static List<byte[]> files() {
    List<byte[]> files = new ArrayList<>();
    BufferedImage grey = Quadrants.image(BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage colour = Quadrants.image(BufferedImage.TYPE_3BYTE_BGR);
    for (String format : List.of("jpeg", "png", "bmp")) {
      files.add(Quadrants.file(format, grey, false));
      files.add(Quadrants.file(format, colour, !format.equals("bmp")));
    }
    for (String compression : List.of("", "LZW", "Deflate", "PackBits")) {
      files.add(Quadrants.tiff(grey, compression));
      files.add(Quadrants.tiff(colour, compression));
    }
    files.add(Quadrants.tiff(Quadrants.image(BufferedImage.TYPE_USHORT_GRAY), "LZW"));
    files.add(Quadrants.cmykJpeg());
    files.add(Quadrants.jpegWithOrientation(Quadrants.greyJpeg(), 6));
    files.add(HandmadePng.of(16, 6, (x, y) -> new int[] {x * 1000, y * 1000, 500, x * 900}));
    files.add(HandmadePng.of(1, 0, (x, y) -> new int[] {(x / 8 + y / 8) % 2}));
    files.add(SyntheticRadiographs.draw(1, Kind.FRACTURED).jpeg());
    List<Path> real = Radiographs.files();
    for (int i = 0; i < real.size(); i += 90) {
      try {
        files.add(Files.readAllBytes(real.get(i)));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return files;
  }
}
