package org.osteon.dataset.scan;

import java.util.ArrayList;
import java.util.List;
import org.osteon.image.ImageInfo;

/**
 * What came of {@link Resolution}.
 *
 * @param sizes of all images as displayed
 * @param clusters where they gather
 * @param candidates each input size and what it costs
 * @param suggested the smallest candidate that keeps {@link #KEPT} of the gradient energy, unless
 *     it would enlarge more than {@link #ENLARGED} of the images
 */
public record ResolutionReport(
    List<ImageInfo> sizes,
    List<SizeClusters.Cluster> clusters,
    List<Candidate> candidates,
    int suggested) {
  /** Share of the edges that a suggested size keeps, in the mean over images. */
  public static final double KEPT = 0.75;

  /** A size that must invent pixels for more images than this is not suggested. */
  public static final double ENLARGED = 0.25;

  /**
   * One input size.
   *
   * @param side rows and columns of the square plane, letterboxed
   * @param enlarged share of images whose longer side is smaller
   * @param shrink mean of longer side by plane side, over images that are shrunk; 1 where none is
   * @param rms mean difference after shrinking and enlarging again, in grey levels
   * @param gradient mean share of the gradient energy that is lost, 0 to 1
   */
  public record Candidate(int side, double enlarged, double shrink, double rms, double gradient) {}

  static ResolutionReport of(List<ImageInfo> sizes, int k, List<List<DetailLoss>> losses) {
    List<Candidate> candidates = new ArrayList<>();
    for (int c = 0; c < Resolution.CANDIDATES.size(); c++) {
      int at = c;
      int side = Resolution.CANDIDATES.get(c);
      double enlarged = sizes.stream().filter(i -> Resolution.longer(i) < side).count();
      candidates.add(
          new Candidate(
              side,
              enlarged / sizes.size(),
              sizes.stream()
                  .filter(i -> Resolution.longer(i) >= side)
                  .mapToDouble(i -> (double) Resolution.longer(i) / side)
                  .average()
                  .orElse(1),
              losses.stream().mapToDouble(l -> l.get(at).rms()).average().orElse(0),
              losses.stream().mapToDouble(l -> l.get(at).gradient()).average().orElse(0)));
    }
    List<SizeClusters.Size> points =
        sizes.stream().map(i -> new SizeClusters.Size(i.width(), i.height())).toList();
    return new ResolutionReport(
        sizes, SizeClusters.of(points, k), candidates, suggested(candidates));
  }

  private static int suggested(List<Candidate> candidates) {
    int suggested = candidates.get(0).side();
    for (Candidate candidate : candidates) {
      if (candidate.enlarged() > ENLARGED) {
        break;
      }
      suggested = candidate.side();
      if (1 - candidate.gradient() >= KEPT) {
        break;
      }
    }
    return suggested;
  }
}
