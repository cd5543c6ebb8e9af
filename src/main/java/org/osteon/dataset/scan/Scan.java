package org.osteon.dataset.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osteon.dataset.Counter;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.dataset.split.Fingerprint;
import org.osteon.dataset.split.Fingerprints;
import org.osteon.dataset.split.NearDuplicates;
import org.osteon.digest.Sha256;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/**
 * Reads every image of a data set once and writes nothing.
 *
 * <p><b>Threading.</b> One thread calls; images are decoded on all CPUs.
 */
public final class Scan {
  /** Large enough for the share of black, small enough for JPEG to be decoded at a fraction. */
  private static final InputSpec MEASURED = new InputSpec(128, 128, InputSpec.Resize.STRETCH);

  private final Planes measured;
  private final Planes thumbnails;
  private final Watcher watcher;

  public Scan(Path folder, ImageDecoder decoder, Watcher watcher) {
    this.measured = new Planes(folder, decoder, MEASURED);
    this.thumbnails = Fingerprints.thumbnails(folder, decoder);
    this.watcher = watcher;
  }

  /** An image, its fingerprint, or why there is neither. */
  private record Found(Optional<ScannedImage> image, Optional<Fingerprint> print, String reason) {}

  /** All that there is to say of the samples. */
  public ScanReport run(List<Sample> samples) {
    List<ScannedImage> images = new ArrayList<>();
    List<Optional<Fingerprint>> prints = new ArrayList<>();
    Map<String, String> unreadable = new TreeMap<>();
    try (Workers workers = new Workers()) {
      Counter done = new Counter(watcher.begin("images scanned", samples.size()), 0);
      List<Found> found = workers.map(samples, this::look, done);
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i).image().isPresent()) {
          images.add(found.get(i).image().orElseThrow());
          prints.add(found.get(i).print());
        } else {
          unreadable.put(samples.get(i).file(), found.get(i).reason());
        }
      }
    }
    return ScanReport.of(images, unreadable, NearDuplicates.pairs(prints));
  }

  private Found look(Sample sample) {
    try {
      byte[] bytes = measured.bytes(sample);
      Planes.Plane plane = measured.of(bytes);
      if (plane instanceof Planes.Unreadable fault) {
        return new Found(Optional.empty(), Optional.empty(), fault.reason());
      }
      String sha256 = new Sha256().add(bytes).hex();
      Optional<Fingerprint> print =
          thumbnails.of(bytes) instanceof Planes.Readable small
              ? Optional.of(Fingerprint.of(small.pixels()))
              : Optional.empty();
      return new Found(
          Optional.of(ScannedImage.of(sample, (Planes.Readable) plane, sha256)), print, "");
    } catch (NoSuchFileException e) {
      return new Found(Optional.empty(), Optional.empty(), "MISSING_FILE");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
