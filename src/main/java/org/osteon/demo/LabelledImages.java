package org.osteon.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.osteon.dataset.Sample;
import org.osteon.image.format.ImageFormats;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** Images of a data set, of which it is known what they show. */
record LabelledImages(Path folder, List<Sample> samples) implements SampleImages {
  LabelledImages {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          "The data set in " + folder + " has no image of that split: give another --split.");
    }
  }

  @Override
  public SampleImages.Image get(int n) {
    Sample sample = samples.get(n % samples.size());
    Path file = folder.resolve(sample.file());
    String part = sample.bodyPart().strip().toUpperCase(Locale.ROOT).replace(' ', '_');
    try {
      return new SampleImages.Image(
          Files.readAllBytes(file),
          ImageFormats.STANDARD.mediaType(file),
          part.isEmpty() || part.length() > 16 ? null : part,
          Kind.values()[sample.label()],
          1);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read.", e);
    }
  }

  @Override
  public int size() {
    return samples.size();
  }
}
