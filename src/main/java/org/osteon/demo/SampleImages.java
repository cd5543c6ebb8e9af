package org.osteon.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.layout.Samples;
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
   * @param kind what it shows, where that is known
   * @param views images of one study, one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one event
  record Image(
      byte[] bytes,
      String contentType,
      @Nullable String bodyPart,
      @Nullable Kind kind,
      int views) {}

  /** The image of the {@code n}-th event. */
  Image get(int n);

  /** How many different ones there are. */
  int size();

  /** Drawn from seeds that no training image has. */
  static SampleImages drawn(long seed) {
    Kind[] kinds = Kind.values();
    return new SampleImages() {
      @Override
      public Image get(int n) {
        // Mostly healthy, as in life, but enough of the rest to see something.
        Kind kind = n % 2 == 0 ? Kind.HEALTHY : kinds[1 + n / 2 % 2];
        Radiograph drawn = SyntheticRadiographs.draw(seed + n, kind);
        return new Image(drawn.jpeg(), "image/jpeg", drawn.bodyPart(), kind, 2);
      }

      @Override
      public int size() {
        return Integer.MAX_VALUE;
      }
    };
  }

  /**
   * The images of a data set, with what they show, each a study of its own; or, where the folder is
   * none, all image files below it, in order of their path.
   *
   * @param split whose images are wanted; null for all
   * @throws IllegalArgumentException where there are none
   */
  static SampleImages of(Path folder, @Nullable String split) throws IOException {
    if (split != null || Files.exists(folder.resolve("manifest.csv"))) {
      return new LabelledImages(
          folder,
          Samples.of(folder, "auto", ClassWords.standard()).stream()
              .filter(sample -> split == null || sample.split().equals(split))
              .toList());
    }
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
      public Image get(int n) {
        Path file = files.get(n % files.size());
        try {
          return new Image(Files.readAllBytes(file), formats.mediaType(file), null, null, 2);
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
