package org.osteon.dataset.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Drawn;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.layout.Samples;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class ScanTest {
  @TempDir Path folder;

  @Test
  void itFindsWhatIsThereTwiceAndWhatCannotBeRead() throws IOException {
    Drawn.jpeg(folder.resolve("train/healthy/a.jpg"), 1, Kind.HEALTHY);
    Drawn.jpeg(folder.resolve("train/healthy/copy.jpg"), 1, Kind.HEALTHY);
    Drawn.jpeg(folder.resolve("train/fractured/b.jpg"), 2, Kind.FRACTURED);
    Drawn.mirrored(folder.resolve("test/healthy/b.png"), 2, Kind.FRACTURED);
    Drawn.text(folder.resolve("test/healthy/x.jpg"), "no image");
    ScanReport report =
        new Scan(folder, Drawn.DECODER, Watcher.NONE)
            .run(Samples.of(folder, "auto", ClassWords.standard()));
    assertThat(report.images()).isEqualTo(4);
    assertThat(report.unreadable()).isEqualTo(Map.of("test/healthy/x.jpg", "NOT_AN_IMAGE"));
    assertThat(report.splits())
        .isEqualTo(
            Map.of("test", Map.of("healthy", 1), "train", Map.of("healthy", 2, "fractured", 1)));
    assertThat(report.exactDuplicates())
        .extracting(ScanReport.Family::files)
        .containsExactly(List.of("train/healthy/a.jpg", "train/healthy/copy.jpg"));
    assertThat(report.nearDuplicates())
        .containsExactly(
            new ScanReport.Family(
                List.of("test/healthy/b.png", "train/fractured/b.jpg"),
                List.of("healthy", "fractured"),
                List.of("test", "train")));
    assertThat(report.sizes().getOrDefault("width", Spread.of(List.of(), x -> 0)).max())
        .isBetween(420.0, 600.0);
  }
}
