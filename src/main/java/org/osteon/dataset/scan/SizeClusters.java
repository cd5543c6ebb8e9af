package org.osteon.dataset.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lloyd's k-means over widths and heights: around which sizes the images lie. It starts from evenly
 * spaced images in order of their area, so that the same sizes give the same centres.
 */
public final class SizeClusters {
  private static final int ROUNDS = 100;

  private SizeClusters() {}

  /**
   * Columns and rows.
   *
   * @param width columns, in pixels
   * @param height rows, in pixels
   */
  public record Size(double width, double height) {
    double distance(Size other) {
      return Math.hypot(width - other.width, height - other.height);
    }
  }

  /**
   * Where images gather.
   *
   * @param centre mean width and height
   * @param images how many are closest to it
   */
  public record Cluster(Size centre, int images) {}

  /** At most {@code k} clusters, the largest first. */
  static List<Cluster> of(List<Size> sizes, int k) {
    List<Size> centres = start(sizes, k);
    List<List<Size>> members = assign(sizes, centres);
    for (int round = 0; round < ROUNDS; round++) {
      List<Size> moved = members.stream().map(SizeClusters::mean).toList();
      if (moved.equals(centres)) {
        break;
      }
      centres = moved;
      members = assign(sizes, centres);
    }
    List<Cluster> clusters = new ArrayList<>();
    for (List<Size> part : members) {
      clusters.add(new Cluster(mean(part), part.size()));
    }
    clusters.sort(Comparator.comparingInt(Cluster::images).reversed());
    return clusters;
  }

  private static List<Size> start(List<Size> sizes, int k) {
    List<Size> order =
        sizes.stream()
            .distinct()
            .sorted(Comparator.comparingDouble((Size s) -> s.width() * s.height()))
            .toList();
    List<Size> centres = new ArrayList<>();
    for (int i = 0; i < Math.min(k, order.size()); i++) {
      centres.add(order.get((2 * i + 1) * order.size() / (2 * Math.min(k, order.size()))));
    }
    return centres;
  }

  /** Members of each centre; centres that lose all of theirs are gone. */
  private static List<List<Size>> assign(List<Size> sizes, List<Size> centres) {
    List<List<Size>> members = new ArrayList<>();
    centres.forEach(centre -> members.add(new ArrayList<>()));
    for (Size size : sizes) {
      int closest = 0;
      for (int i = 1; i < centres.size(); i++) {
        if (size.distance(centres.get(i)) < size.distance(centres.get(closest))) {
          closest = i;
        }
      }
      members.get(closest).add(size);
    }
    members.removeIf(List::isEmpty);
    return members;
  }

  private static Size mean(List<Size> sizes) {
    return new Size(
        sizes.stream().mapToDouble(Size::width).average().orElse(0),
        sizes.stream().mapToDouble(Size::height).average().orElse(0));
  }
}
