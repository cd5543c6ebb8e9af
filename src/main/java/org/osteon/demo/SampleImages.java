package org.osteon.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.image.format.ImageFormats;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;

/** The images of a demo: drawn ones, or those of a folder, again and again. */
interface SampleImages {
  /**
   * An image to publish.
   *
   * @param bytes the file
   * @param contentType what it seems to be
   * @param bodyPart DICOM's defined term, where known
   * @param kind what was drawn, where it was drawn
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one event
  record Sample(byte[] bytes, String contentType, @Nullable String bodyPart, @Nullable Kind kind) {}

  /** The image of the {@code n}-th event. */
  Sample get(int n);

  /** How many different ones there are. */
  int size();

  /** Drawn from seeds that no training image has. */
  static SampleImages drawn(long seed) {
    Kind[] kinds = Kind.values();
    return new SampleImages() {
      @Override
      public Sample get(int n) {
        // Mostly healthy, as in life, but enough of the rest to see something.
        Kind kind = n % 2 == 0 ? Kind.HEALTHY : kinds[1 + n / 2 % 2];
        Radiograph drawn = SyntheticRadiographs.draw(seed + n, kind);
        return new Sample(drawn.jpeg(), "image/jpeg", drawn.bodyPart(), kind);
      }

      @Override
      public int size() {
        return Integer.MAX_VALUE;
      }
    };
  }

  /**
   * All image files below a folder, in order of their path.
   *
   * @throws IllegalArgumentException where there are none
   */
  static SampleImages of(Path folder) throws IOException {
    ImageFormats formats = ImageFormats.STANDARD;
    List<Path> files;
    try (Stream<Path> paths = Files.walk(folder)) {
      files = paths.filter(Files::isRegularFile).filter(formats::isImage).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no images ("
              + String.join(", ", formats.fileEndings())
              + ") below "
              + folder
              + ".");
    }
    return new SampleImages() {
      @Override
      public Sample get(int n) {
        Path file = files.get(n % files.size());
        try {
          return new Sample(Files.readAllBytes(file), formats.mediaType(file), null, null);
        } catch (IOException e) {
          throw new UncheckedIOException(file + " cannot be read.", e);
        }
      }

      @Override
      public int size() {
        return files.size();
      }
    };
  }
}
