package org.osteon.dataset.split;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osteon.dataset.Counter;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/** The fingerprints of all images: some 1.5 kB each, however large the images are. */
public final class Fingerprints {
  private static final InputSpec THUMBNAIL =
      new InputSpec(Fingerprint.SIDE, Fingerprint.SIDE, InputSpec.Resize.STRETCH);

  private Fingerprints() {}

  /** The decoder for a scan, which has the bytes already. */
  public static Planes thumbnails(Path folder, ImageDecoder decoder) {
    return new Planes(folder, decoder, THUMBNAIL);
  }

  /** In order of the samples; empty where one cannot be read. */
  public static List<Optional<Fingerprint>> of(
      Path folder, ImageDecoder decoder, List<Sample> samples, Workers workers, Watcher watcher) {
    Planes planes = thumbnails(folder, decoder);
    Counter done = new Counter(watcher.begin("images compared", samples.size()), 0);
    return workers.map(
        samples,
        sample ->
            planes.of(sample) instanceof Planes.Readable plane
                ? Optional.of(Fingerprint.of(plane.pixels()))
                : Optional.empty(),
        done);
  }
}
