package org.osteon.dataset.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Drawn;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.layout.Samples;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class LookTest {
  private static final Path MODEL = Path.of("../models/osteon-s/1");
  private static final Query ALL = new Query(-1, "", "", "");

  @TempDir Path folder;

  @BeforeEach
  void aFewImages() {
    for (int seed = 0; seed < 7; seed++) {
      Drawn.jpeg(folder.resolve("healthy/" + seed + ".jpg"), seed, Kind.HEALTHY);
    }
    Drawn.jpeg(folder.resolve("beyond_repair/<b>.jpg"), 9, Kind.BEYOND_REPAIR);
  }

  @Test
  void aSheetShowsEachClassAndCountsWhatItLeavesOut() throws IOException {
    Path png = folder.resolve("sheets/a.png");
    assertThat(look(ALL, 3, null, png)).isEqualTo(Map.of("healthy", 7, "beyond_repair", 1));
    assertThat(ImageIO.read(png.toFile()).getHeight()).isGreaterThan(2 * LabelledPicture.SIDE);
  }

  @Test
  void htmlHoldsItsImagesAndNoNameIsTakenForATag() throws IOException {
    Path html = folder.resolve("a.html");
    look(new Query(2, "", "", ""), 3, null, html);
    assertThat(Files.readString(html))
        .contains("beyond_repair: 1 of 1", "data:image/png;base64,", "&lt;b&gt;.jpg")
        .doesNotContain("<b>.jpg");
  }

  @Test
  void aModelShowsWhatItGetsWrong() throws IOException {
    // Shown as healthy, drawn as shattered: a model that is any good says so.
    Drawn.jpeg(folder.resolve("healthy/wrong.jpg"), 11, Kind.BEYOND_REPAIR);
    Path html = folder.resolve("wrong.html");
    look(new Query(0, "", "", ""), 20, MODEL, html);
    assertThat(Files.readString(html)).contains("wrong.jpg", "<b>");
  }

  @Test
  void whatCannotBeShownIsSaidAtOnce() {
    assertThatThrownBy(() -> look(ALL, 3, null, folder.resolve("a.gif")))
        .hasMessageContaining("end --out with one of them");
    assertThatThrownBy(() -> look(new Query(-1, "skull", "", ""), 3, null, folder.resolve("a.png")))
        .hasMessageContaining("nothing to show");
  }

  private Map<String, Integer> look(Query query, int perClass, @Nullable Path model, Path out)
      throws IOException {
    List<Sample> samples = Samples.of(folder, "auto", ClassWords.standard());
    return new Look(folder, Drawn.DECODER, Watcher.NONE)
        .run(samples, query, 1, perClass, model, out);
  }
}
