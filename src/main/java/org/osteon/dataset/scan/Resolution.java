package org.osteon.dataset.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.osteon.dataset.Counter;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;

/**
 * Which input size a data set deserves: how large its images are, and what each size would throw
 * away of them.
 *
 * <p><b>Threading.</b> One thread calls; images are decoded on all CPUs.
 */
public final class Resolution {
  /** Rows and columns of the square planes that are tried. */
  public static final List<Integer> CANDIDATES = List.of(128, 160, 192, 224, 256, 320, 384, 512);

  /** A reference larger than this is shrunk to it first: time and memory. */
  private static final int REFERENCE = 1024;

  private final Path folder;
  private final ImageDecoder decoder;
  private final Planes sizes;
  private final Watcher watcher;

  public Resolution(Path folder, ImageDecoder decoder, Watcher watcher) {
    this.folder = folder;
    this.decoder = decoder;
    // JPEG is decoded at an eighth for this: the size is what is asked.
    this.sizes = new Planes(folder, decoder, new InputSpec(8, 8, InputSpec.Resize.STRETCH));
    this.watcher = watcher;
  }

  /**
   * Measures.
   *
   * @param k clusters of sizes
   * @param sampled how many random images are shrunk to see what is lost
   */
  public ResolutionReport run(List<Sample> samples, int k, int sampled, long seed) {
    try (Workers workers = new Workers()) {
      Counter measured = new Counter(watcher.begin("images measured", samples.size()), 0);
      List<Optional<ImageInfo>> infos = workers.map(samples, this::info, measured);
      List<ImageInfo> readable = infos.stream().flatMap(Optional::stream).toList();
      if (readable.isEmpty()) {
        throw new IllegalArgumentException(
            "None of the %d images can be read: see osteon dataset scan.".formatted(infos.size()));
      }
      List<Integer> order =
          new ArrayList<>(
              IntStream.range(0, infos.size())
                  .filter(i -> infos.get(i).isPresent())
                  .boxed()
                  .toList());
      Collections.shuffle(order, new Random(seed));
      List<Integer> chosen = order.subList(0, Math.min(sampled, order.size()));
      Counter shrunk = new Counter(watcher.begin("images shrunk", chosen.size()), 0);
      List<List<DetailLoss>> losses =
          workers.map(chosen, i -> losses(samples.get(i), infos.get(i).orElseThrow()), shrunk);
      return ResolutionReport.of(readable, k, losses);
    }
  }

  private Optional<ImageInfo> info(Sample sample) {
    return sizes.of(sample) instanceof Planes.Readable plane
        ? Optional.of(plane.info())
        : Optional.empty();
  }

  /** What each candidate loses of one image; nothing where the candidate is the larger. */
  private List<DetailLoss> losses(Sample sample, ImageInfo info) {
    try {
      byte[] bytes = sizes.bytes(sample);
      DetailLoss.Grid whole = drawn(bytes, info, Math.min(REFERENCE, longer(info)));
      List<DetailLoss> losses = new ArrayList<>();
      for (int side : CANDIDATES) {
        losses.add(
            side >= Math.max(whole.height(), whole.width())
                ? new DetailLoss(0, 0)
                : DetailLoss.between(whole, drawn(bytes, info, side)));
      }
      return losses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a letterboxed plane of that side would show it, without the padding. */
  private DetailLoss.Grid drawn(byte[] bytes, ImageInfo info, int side) {
    int height = (int) Math.max(1, Math.round((double) info.height() * side / longer(info)));
    int width = (int) Math.max(1, Math.round((double) info.width() * side / longer(info)));
    Planes planes =
        new Planes(folder, decoder, new InputSpec(height, width, InputSpec.Resize.STRETCH));
    if (planes.of(bytes) instanceof Planes.Readable plane) {
      return new DetailLoss.Grid(plane.pixels(), height, width);
    }
    throw new IllegalStateException("An image could be read once and not again: is it changing?");
  }

  public static int longer(ImageInfo info) {
    return Math.max(info.width(), info.height());
  }
}
