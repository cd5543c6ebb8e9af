package org.osteon.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** Radiographs of no one that are drawn when they are read; the name holds the seed. */
public final class DrawnSamples {
  /** Where the seeds of each split begin, far from those of the demo and of the tests. */
  private static final long FIRST_SEED = 1_000_000L;

  private DrawnSamples() {}

  /**
   * @param perClass for each class: as many for training, a fifth each for validation and test
   */
  public static List<Sample> of(int perClass) {
    List<Sample> samples = new ArrayList<>();
    for (int s = 0; s < SplitWords.SPLITS.size(); s++) {
      String split = SplitWords.SPLITS.get(s);
      int count = split.equals("train") ? perClass : perClass / 5;
      for (Kind kind : Kind.values()) {
        for (int i = 0; i < count; i++) {
          samples.add(sample(FIRST_SEED * (s + 1) + i, kind, split));
        }
      }
    }
    return samples;
  }

  private static Sample sample(long seed, Kind kind, String split) {
    String name = "synthetic/" + kind + "-" + seed;
    String part = SyntheticRadiographs.bodyPart(seed, kind).toLowerCase(Locale.ROOT);
    return new Sample(name, kind.ordinal(), name, Sample.SYNTHETIC, split, part, "drawn", "");
  }

  /** JPEG bytes, the same each time on one machine. */
  static byte[] draw(Sample sample) {
    long seed = Long.parseLong(sample.file().substring(sample.file().lastIndexOf('-') + 1));
    return SyntheticRadiographs.draw(seed, Kind.values()[sample.label()]).jpeg();
  }
}
