package org.osteon.service.meters;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.model.InputReference;

/**
 * The last images of one population, a replica's or a facility's, held against a reference, feature
 * by feature. Nothing of an image is kept but in which bins it lay.
 *
 * <p><b>Threading.</b> Any.
 */
final class FeatureWindows {
  private static final int GREYS = 256;
  private static final int PIXELS_AT_ONCE = 4096;

  private final Map<Feature, Held> held = new EnumMap<>(Feature.class);

  /** As metrics name them, and as {@code reference.json} does. */
  enum Feature {
    GREY("grey", "grey"),
    SIZE("size", "size"),
    BODY_PART("body_part", "bodyPart"),
    CONFIDENCE("confidence", "confidence");

    final String label;
    final String key;

    Feature(String label, String key) {
      this.label = label;
      this.key = key;
    }
  }

  /** What a feature should be, and what it is. */
  private record Held(InputReference.Feature reference, DriftWindow window) {}

  /**
   * @param reference null where the version has none: then nothing is held
   * @param most images in the window
   */
  FeatureWindows(@Nullable InputReference reference, int most) {
    for (Feature feature : Feature.values()) {
      InputReference.Feature known =
          reference == null ? null : reference.features().get(feature.key);
      if (known != null) {
        held.put(feature, new Held(known, new DriftWindow(known.shares(), most)));
      }
    }
  }

  /**
   * Pixels in each bin of greys; null where the reference has none.
   *
   * @param plane of one byte a pixel, from position to limit; left as it is
   */
  int @Nullable [] binned(ByteBuffer plane) {
    Held grey = held.get(Feature.GREY);
    if (grey == null) {
      return null;
    }
    int[] levels = new int[GREYS];
    // A buffer's own get checks and dispatches for each pixel, ten times what counting costs.
    byte[] some = new byte[PIXELS_AT_ONCE];
    for (int from = plane.position(); from < plane.limit(); from += some.length) {
      int count = Math.min(some.length, plane.limit() - from);
      plane.get(from, some, 0, count);
      for (int i = 0; i < count; i++) {
        levels[some[i] & 0xff]++;
      }
    }
    int[] counts = new int[grey.reference.shares().size()];
    for (int level = 0; level < GREYS; level++) {
      counts[grey.reference.bin(level)] += levels[level];
    }
    return counts;
  }

  /**
   * @param counts pixels in each bin, of the same reference
   */
  void greys(int[] counts) {
    Held grey = held.get(Feature.GREY);
    if (grey != null) {
      grey.window.add(counts, Arrays.stream(counts).sum());
    }
  }

  void add(Feature feature, double value) {
    Held known = held.get(feature);
    if (known != null) {
      known.window.add(known.reference.bin(value));
    }
  }

  /** What the event says; nothing where it says none. */
  void bodyPart(@Nullable String said) {
    Held part = held.get(Feature.BODY_PART);
    if (part != null && said != null && !said.isBlank()) {
      part.window.add(part.reference.bin(said.strip().toUpperCase(Locale.ROOT)));
    }
  }

  /** The population stability index; not a number where nothing can be said. */
  double index(Feature feature) {
    Held known = held.get(feature);
    return known == null ? Double.NaN : known.window.index();
  }

  /** Images that it was worked out from. */
  double images(Feature feature) {
    Held known = held.get(feature);
    return known == null ? 0 : known.window.images();
  }
}
