package org.osteon.dataset.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.layout.Samples;
import org.osteon.dataset.split.SplitShares;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class PreparationTest {
  private static final InputSpec SPEC = new InputSpec(32, 24, InputSpec.Resize.LETTERBOX);

  @TempDir Path folder;

  @Test
  void imagesBecomePlanesLabelsAndSplits() throws IOException {
    image("healthy/a.jpg", 1, Kind.HEALTHY);
    image("fractured/b.jpg", 2, Kind.FRACTURED);
    image("severe/c.jpg", 3, Kind.BEYOND_REPAIR);
    Files.writeString(folder.resolve("severe/broken.jpg"), "no image");
    PreparationSummary summary = prepare("out", 5);
    assertThat(summary.samples().size()).isEqualTo(3 + 3 * (5 + 1 + 1));
    assertThat(summary.unreadable())
        .containsExactly(Map.entry("severe/broken.jpg", "NOT_AN_IMAGE"));
    Map<String, byte[]> arrays = read(folder.resolve("out/shard-00000.npz"));
    assertThat(arrays.keySet())
        .containsExactlyInAnyOrder(
            "planes.npy",
            "labels.npy",
            "group.npy",
            "source.npy",
            "split.npy",
            "file.npy",
            "body_part.npy",
            "detail.npy",
            "label_quality.npy",
            "long_side.npy");
    byte[] planes = Objects.requireNonNull(arrays.get("planes.npy"));
    assertThat(header(planes)).contains("'descr': '|u1'", "'shape': (24, 32, 24)");
    assertThat(planes.length % 64).isEqualTo((24 * 32 * 24) % 64);
  }

  @Test
  void theSameImagesHaveTheSameDigestAndOthersAnother() throws IOException {
    image("healthy/a.jpg", 1, Kind.HEALTHY);
    image("fractured/b.jpg", 2, Kind.FRACTURED);
    String digest = prepare("one", 0).digest();
    assertThat(prepare("two", 0).digest()).isEqualTo(digest);
    assertThat(Files.readAllBytes(folder.resolve("one/shard-00000.npz")))
        .isEqualTo(Files.readAllBytes(folder.resolve("two/shard-00000.npz")));
    image("fractured/b.jpg", 4, Kind.FRACTURED);
    assertThat(prepare("three", 0).digest()).isNotEqualTo(digest);
  }

  @Test
  void aGroupThatCrossesSplitsIsRefused() throws IOException {
    image("x.jpg", 1, Kind.HEALTHY);
    Files.writeString(
        folder.resolve("manifest.csv"),
        "file,label,group,split,licence\nx.jpg,healthy,g1,train,\"a, b\"\ny.jpg,severe,g1,test,\n");
    assertThatThrownBy(() -> prepare("out", 0)).hasMessageContaining("g1", "must not be split");
  }

  @Test
  void aFolderThatIsNoDataSetSaysSo() {
    assertThatThrownBy(() -> prepare("out", 0)).hasMessageContaining("neither a manifest.csv");
  }

  @Test
  void theShardSizeChangesNothingButTheFiles() throws IOException {
    image("healthy/a.jpg", 1, Kind.HEALTHY);
    PreparationSummary one = prepare("one", 5, 1000);
    PreparationSummary many = prepare("many", 5, 4);
    assertThat(many.digest()).isEqualTo(one.digest());
    assertThat(many.shards()).hasSize(6);
    assertThat(Files.readString(folder.resolve("many/splits.csv")))
        .isEqualTo(Files.readString(folder.resolve("one/splits.csv")));
  }

  @Test
  void aKilledPreparationGoesOnWithItsFinishedShards() throws IOException {
    image("healthy/a.jpg", 1, Kind.HEALTHY);
    PreparationSummary whole = prepare("whole", 5, 4);
    // As a kill leaves it: two shards and their notes, half of a third, no description.
    Path out = folder.resolve("whole");
    Files.delete(out.resolve("dataset.json"));
    for (int i = 2; i < 6; i++) {
      Files.delete(out.resolve(Shard.name(i)));
    }
    Files.writeString(out.resolve(Shard.name(2) + ".tmp"), "half");
    PreparationSummary resumed = prepare("whole", 5, 4);
    assertThat(resumed.keptShards()).isEqualTo(2);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(resumed.shards()).isEqualTo(whole.shards());
    assertThat(out.resolve("dataset.json")).exists();
  }

  @Test
  void aChangedImageAndASpoiltShardAreMadeAgain() throws IOException {
    image("healthy/a.jpg", 1, Kind.HEALTHY);
    prepare("out", 5, 4);
    image("healthy/a.jpg", 9, Kind.HEALTHY);
    Files.writeString(folder.resolve("out").resolve(Shard.name(5)), "spoilt");
    assertThat(prepare("out", 5, 4).keptShards()).isEqualTo(4);
    assertThat(prepare("out", 0, 4).shards()).hasSize(1);
    assertThat(folder.resolve("out").resolve(Shard.name(1))).doesNotExist();
  }

  private PreparationSummary prepare(String out, int synthetic) throws IOException {
    return prepare(out, synthetic, 1000);
  }

  private PreparationSummary prepare(String out, int synthetic, int shard) throws IOException {
    PreparationSettings settings =
        new PreparationSettings(
            SPEC, shard, synthetic, 1, SplitShares.parse("70,15,15"), false, false);
    return new Preparation(
            folder,
            ImageDecoders.standard(new ImageLimits(1 << 20, 1 << 20)),
            settings,
            Watcher.NONE)
        .run(Samples.of(folder, "auto", ClassWords.standard()), folder.resolve(out));
  }

  private void image(String name, long seed, Kind kind) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, SyntheticRadiographs.draw(seed, kind).jpeg());
  }

  private static String header(byte[] npy) {
    return new String(npy, 10, 118, StandardCharsets.US_ASCII);
  }

  private static Map<String, byte[]> read(Path npz) throws IOException {
    Map<String, byte[]> arrays = new HashMap<>();
    try (InputStream in = Files.newInputStream(npz);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName(), zip.readAllBytes());
      }
    }
    return arrays;
  }
}
