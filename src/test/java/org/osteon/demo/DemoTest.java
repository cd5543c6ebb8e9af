package org.osteon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ShippedModel;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

@Tag("integration")
class DemoTest {
  private static final Path MODEL = ShippedModel.folder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void drawnImagesComeOutAsWhatTheyAreNineTimesInTen() throws Exception {
    assertThat(demo(null, 60)).as(text()).isTrue();
    Matcher right = Pattern.compile("right +(\\d+) of 60 known").matcher(text());
    assertThat(right.find()).as(text()).isTrue();
    assertThat(Integer.parseInt(right.group(1))).isGreaterThanOrEqualTo(54);
    assertThat(text()).contains("synthetic", "no fracture found", "missing       0");
  }

  @Test
  void aFolderIsPublishedAgainAndAgainAndABadFileIsADeadLetter() throws Exception {
    Files.write(folder.resolve("a.jpg"), SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg());
    Files.writeString(folder.resolve("b.png"), "no picture");
    assertThat(demo(folder, 10)).as(text()).isTrue();
    assertThat(text()).contains("results       5", "dead letters  5 {NOT_AN_IMAGE=5}");
  }

  private boolean demo(@Nullable Path images, int count) throws Exception {
    Demo.Options options =
        new Demo.Options(images, null, count, Afterwards.END, MODEL, 77, Map.of());
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      return new Demo(options, print, false).run();
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
