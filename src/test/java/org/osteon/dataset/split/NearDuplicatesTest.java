package org.osteon.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Drawn;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.dataset.layout.Samples;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class NearDuplicatesTest {
  private static final Path XRAYS = Path.of("/work/shared/data/xrays");

  @TempDir Path folder;

  @Test
  void aPictureThatWasMirroredAndShrunkIsTheSame() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      Drawn.jpeg(folder.resolve("healthy/" + seed + ".jpg"), seed, Kind.HEALTHY);
      Drawn.mirrored(folder.resolve("healthy/" + seed + "-m.png"), seed, Kind.HEALTHY);
    }
    Drawn.text(folder.resolve("healthy/x.jpg"), "no image");
    List<Sample> samples = Samples.of(folder, "auto", ClassWords.standard());
    List<NearDuplicates.Pair> pairs = pairs(folder, samples);
    for (int seed = 0; seed < 8; seed++) {
      int first = 2 * seed;
      assertThat(pairs).anyMatch(p -> p.first() == first && p.second() == first + 1);
    }
    assertThat(Groups.merged(samples, pairs).get(1).group()).isEqualTo("healthy/0-m.png");
  }

  @Test
  void theSharedRadiographsHoldAFewAndNoFalseAlarms() throws IOException {
    assumeTrue(Files.isDirectory(XRAYS), "The shared radiographs are not on this machine.");
    List<Sample> samples = Samples.of(XRAYS, "auto", ClassWords.standard());
    Set<HashSet<String>> others =
        pairs(XRAYS, samples).stream()
            .map(p -> new HashSet<>(List.of(group(samples, p.first()), group(samples, p.second()))))
            .filter(groups -> groups.size() == 2)
            .collect(Collectors.toSet());
    // Looked at one by one: the same picture stretched, or turned, or one limb twice.
    assertThat(others).hasSize(4);
  }

  private static String group(List<Sample> samples, int place) {
    return samples.get(place).group();
  }

  private static List<NearDuplicates.Pair> pairs(Path folder, List<Sample> samples) {
    try (Workers workers = new Workers()) {
      return NearDuplicates.pairs(
          Fingerprints.of(folder, Drawn.DECODER, samples, workers, Watcher.NOBODY));
    }
  }
}
